/** A faithful local Slack: Web API, Socket Mode and a page to type in, on one loopback port. */
@NullMarked
package dev.bandmaster.simulator;

import org.jspecify.annotations.NullMarked;
