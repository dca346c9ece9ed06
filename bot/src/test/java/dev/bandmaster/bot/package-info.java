/** Proves what holds for the bot as a whole. */
@NullMarked
package dev.bandmaster.bot;

import org.jspecify.annotations.NullMarked;
