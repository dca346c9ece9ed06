/**
 * What happens to a request between the bus and its work: a list of stages, each of which may end
 * it with a reason.
 */
@NullMarked
package dev.bandmaster.agent.intake;

import org.jspecify.annotations.NullMarked;
