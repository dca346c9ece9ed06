/** Times in which nothing is deployed. */
@NullMarked
package dev.bandmaster.core.freeze;

import org.jspecify.annotations.NullMarked;
