/** Proves who counts as there and who is trusted. */
@NullMarked
package dev.bandmaster.bot.fleet;

import org.jspecify.annotations.NullMarked;
