/** Doing things later. */
@NullMarked
package dev.bandmaster.simulator.time;

import org.jspecify.annotations.NullMarked;
