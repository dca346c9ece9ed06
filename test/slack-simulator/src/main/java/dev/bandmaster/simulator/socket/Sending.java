package dev.bandmaster.simulator.socket;

import java.time.Instant;

/**
 * One attempt to hand an envelope over.
 *
 * @param envelopeId the id it had this time
 * @param connection the number of the connection, counted from 1
 * @param at when it was sent
 * @param attempt 0 at first, then the number of the retry
 */
public record Sending(String envelopeId, int connection, Instant at, int attempt) {}
