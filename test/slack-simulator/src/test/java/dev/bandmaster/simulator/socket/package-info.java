/** Tests of sockets and events. */
@NullMarked
package dev.bandmaster.simulator.socket;

import org.jspecify.annotations.NullMarked;
