/**
 * Agents by the thousand that only pretend to work: real messages, real signatures, real queues,
 * over a few shared connections. For stories, chaos and benchmarks.
 */
@NullMarked
package dev.bandmaster.testfleet;

import org.jspecify.annotations.NullMarked;
