/** Tests of when nothing is deployed. */
@NullMarked
package dev.bandmaster.core.freeze;

import org.jspecify.annotations.NullMarked;
