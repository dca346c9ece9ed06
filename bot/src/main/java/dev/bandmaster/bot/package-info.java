/**
 * The bot: the composition root and the program. Everything is put together in {@link
 * dev.bandmaster.bot.Bot}; the packages below are the rooms.
 */
@NullMarked
package dev.bandmaster.bot;

import org.jspecify.annotations.NullMarked;
