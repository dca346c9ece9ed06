/** Commands for later. */
@NullMarked
package dev.bandmaster.engine.commands.schedules;

import org.jspecify.annotations.NullMarked;
