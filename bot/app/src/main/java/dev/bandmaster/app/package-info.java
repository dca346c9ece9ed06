/**
 * The bot: the composition root and the program. Everything is put together in {@link
 * dev.bandmaster.app.Bot}; the packages below are the rooms.
 */
@NullMarked
package dev.bandmaster.app;

import org.jspecify.annotations.NullMarked;
