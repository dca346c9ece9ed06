/** Time in the tests' hands. */
@NullMarked
package dev.bandmaster.simulator.time;

import org.jspecify.annotations.NullMarked;
