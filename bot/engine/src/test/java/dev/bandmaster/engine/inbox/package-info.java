/** Proves that what was taken in is handled. */
@NullMarked
package dev.bandmaster.engine.inbox;

import org.jspecify.annotations.NullMarked;
