@NullMarked
package dev.bandmaster.bot.watch;

import org.jspecify.annotations.NullMarked;
