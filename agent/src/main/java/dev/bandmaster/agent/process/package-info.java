/**
 * Programs the agent starts for others: argument arrays without a shell, a process group of their
 * own, a deadline, bounded patience when they are told to stop.
 */
@NullMarked
package dev.bandmaster.agent.process;

import org.jspecify.annotations.NullMarked;
