/** Clears away what the store has kept for long enough. */
@NullMarked
package dev.bandmaster.engine.retention;

import org.jspecify.annotations.NullMarked;
