@NullMarked
package dev.bandmaster.bot.clock;

import org.jspecify.annotations.NullMarked;
