/** Tests of the API. */
@NullMarked
package dev.bandmaster.engine.api;

import org.jspecify.annotations.NullMarked;
