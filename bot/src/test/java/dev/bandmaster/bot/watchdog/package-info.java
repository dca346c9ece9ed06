@NullMarked
package dev.bandmaster.bot.watchdog;

import org.jspecify.annotations.NullMarked;
