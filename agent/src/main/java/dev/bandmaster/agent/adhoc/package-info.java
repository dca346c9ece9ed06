/** Small commands that the node's own configuration allows, as argument arrays without a shell. */
@NullMarked
package dev.bandmaster.agent.adhoc;

import org.jspecify.annotations.NullMarked;
