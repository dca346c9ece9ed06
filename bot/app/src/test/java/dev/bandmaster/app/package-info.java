/** Proves what holds for the bot as a whole. */
@NullMarked
package dev.bandmaster.app;

import org.jspecify.annotations.NullMarked;
