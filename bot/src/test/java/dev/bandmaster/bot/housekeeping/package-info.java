/** Proves that what is over is cleared away, and nothing else. */
@NullMarked
package dev.bandmaster.bot.housekeeping;

import org.jspecify.annotations.NullMarked;
