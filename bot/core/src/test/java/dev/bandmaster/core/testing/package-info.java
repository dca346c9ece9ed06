/**
 * What tests of several modules share: a clock that is set, waiting for a condition, parts that
 * fail.
 */
@NullMarked
package dev.bandmaster.core.testing;

import org.jspecify.annotations.NullMarked;
