/** Commands about jobs, running and past. */
@NullMarked
package dev.bandmaster.engine.commands.jobs;

import org.jspecify.annotations.NullMarked;
