/** Whole bots for tests, demos and benchmarks: the real bot against the simulated Slack. */
@NullMarked
package dev.bandmaster.testkit;

import org.jspecify.annotations.NullMarked;
