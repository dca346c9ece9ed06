/** Tests of what people type. */
@NullMarked
package dev.bandmaster.simulator.world;

import org.jspecify.annotations.NullMarked;
