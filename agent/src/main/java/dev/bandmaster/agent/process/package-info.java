/**
 * Programs the agent starts for others: argument arrays without a shell, a process group of their
 * own, a deadline, bounded patience when they are stopped.
 */
@NullMarked
package dev.bandmaster.agent.process;

import org.jspecify.annotations.NullMarked;
