@NullMarked
package dev.bandmaster.bot.schedule;

import org.jspecify.annotations.NullMarked;
