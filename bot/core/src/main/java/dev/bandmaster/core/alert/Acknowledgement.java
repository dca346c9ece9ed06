package dev.bandmaster.core.alert;

import dev.bandmaster.core.fleet.Severity;
import java.time.Instant;

/**
 * Somebody looks after an episode.
 *
 * @param user the person's id
 * @param severity how bad it was then; when it gets worse somebody has to look again
 */
public record Acknowledgement(String user, String name, Instant at, Severity severity) {}
