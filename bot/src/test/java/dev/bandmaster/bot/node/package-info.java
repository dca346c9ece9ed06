/** Tells what is said of nodes that come, beat, fall silent and go, and when. */
@NullMarked
package dev.bandmaster.bot.node;

import org.jspecify.annotations.NullMarked;
