/** Tests of the simulator through its doors. */
@NullMarked
package dev.bandmaster.simulator;

import org.jspecify.annotations.NullMarked;
