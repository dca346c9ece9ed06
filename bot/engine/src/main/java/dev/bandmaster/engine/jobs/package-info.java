/**
 * Carrying jobs out: dispatch to the bus, collect the replies, watch the deadlines, keep the
 * messages current.
 */
@NullMarked
package dev.bandmaster.engine.jobs;

import org.jspecify.annotations.NullMarked;
