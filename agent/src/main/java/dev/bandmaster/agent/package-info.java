/**
 * The daemon on each server: takes signed requests from the bus, runs them, says how they ended.
 */
@NullMarked
package dev.bandmaster.agent;

import org.jspecify.annotations.NullMarked;
