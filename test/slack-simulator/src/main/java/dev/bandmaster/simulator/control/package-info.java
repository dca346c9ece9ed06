/** The hands of people and tests: say, click, look, break things. */
@NullMarked
package dev.bandmaster.simulator.control;

import org.jspecify.annotations.NullMarked;
