/**
 * What a node's life is and how it goes on, and what is to be said of a fleet: pure, with the time
 * as a parameter. {@link dev.bandmaster.core.fleet.NodeMachine} is one node, {@link
 * dev.bandmaster.core.fleet.Detector} all of them.
 */
@NullMarked
package dev.bandmaster.core.fleet;

import org.jspecify.annotations.NullMarked;
