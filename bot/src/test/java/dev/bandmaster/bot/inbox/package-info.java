/** Proves that what was taken in is handled. */
@NullMarked
package dev.bandmaster.bot.inbox;

import org.jspecify.annotations.NullMarked;
