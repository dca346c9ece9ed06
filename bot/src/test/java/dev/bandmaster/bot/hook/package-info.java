@NullMarked
package dev.bandmaster.bot.hook;

import org.jspecify.annotations.NullMarked;
