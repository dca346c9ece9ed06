/** Commands whose time has come; see {@link dev.bandmaster.engine.schedules.ScheduleClock}. */
@NullMarked
package dev.bandmaster.engine.schedules;

import org.jspecify.annotations.NullMarked;
