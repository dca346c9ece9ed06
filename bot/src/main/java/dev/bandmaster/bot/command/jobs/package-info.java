/** Commands about jobs, running and past. */
@NullMarked
package dev.bandmaster.bot.command.jobs;

import org.jspecify.annotations.NullMarked;
