/** Clears away what the store has kept for long enough. */
@NullMarked
package dev.bandmaster.bot.housekeeping;

import org.jspecify.annotations.NullMarked;
