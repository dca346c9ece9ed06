/** Socket Mode: connections, envelopes, acknowledgements and retries. */
@NullMarked
package dev.bandmaster.simulator.socket;

import org.jspecify.annotations.NullMarked;
