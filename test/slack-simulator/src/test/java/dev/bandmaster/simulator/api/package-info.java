/** Tests of the rules of the Web API. */
@NullMarked
package dev.bandmaster.simulator.api;

import org.jspecify.annotations.NullMarked;
