package dev.bandmaster.engine.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * How long approvals wait, and whether they can be bypassed.
 *
 * @param expires how long a request waits for votes, where the rule says nothing else
 * @param dispatchWithin from the last approval until the job has to have begun
 * @param remind whether approvers are reminded after half of the time
 * @param groupsAge how old group membership may be when somebody votes on something for a protected
 *     environment
 * @param emergencyChannel id of the channel where each emergency is announced; without one there
 *     are none
 */
public record ApprovalSettings(
    Duration expires,
    Duration dispatchWithin,
    boolean remind,
    Duration groupsAge,
    Optional<String> emergencyChannel) {}
