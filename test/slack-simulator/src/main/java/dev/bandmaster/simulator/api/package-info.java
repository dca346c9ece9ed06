/** The Web API: one class per family of methods, and what they share. */
@NullMarked
package dev.bandmaster.simulator.api;

import org.jspecify.annotations.NullMarked;
