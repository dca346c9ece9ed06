/** Commands whose time has come; see {@link dev.bandmaster.bot.schedule.ScheduleClock}. */
@NullMarked
package dev.bandmaster.bot.schedule;

import org.jspecify.annotations.NullMarked;
