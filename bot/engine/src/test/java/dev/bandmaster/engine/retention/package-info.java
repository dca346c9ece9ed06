/** Proves that what is over is cleared away, and nothing else. */
@NullMarked
package dev.bandmaster.engine.retention;

import org.jspecify.annotations.NullMarked;
