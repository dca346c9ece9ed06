/**
 * What a node's life is and how it goes on, and what is to be said of a fleet: pure, with the time
 * as a parameter. {@link dev.bandmaster.bot.node.NodeMachine} is one node, {@link
 * dev.bandmaster.bot.node.Detector} all of them.
 */
@NullMarked
package dev.bandmaster.bot.node;

import org.jspecify.annotations.NullMarked;
