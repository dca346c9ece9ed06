/** Answers that the node is there. */
@NullMarked
package dev.bandmaster.agent.ping;

import org.jspecify.annotations.NullMarked;
