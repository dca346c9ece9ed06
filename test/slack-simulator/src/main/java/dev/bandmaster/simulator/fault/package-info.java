/** Faults that tests and people switch on. */
@NullMarked
package dev.bandmaster.simulator.fault;

import org.jspecify.annotations.NullMarked;
