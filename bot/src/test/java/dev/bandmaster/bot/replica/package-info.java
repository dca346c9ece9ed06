@NullMarked
package dev.bandmaster.bot.replica;

import org.jspecify.annotations.NullMarked;
