package dev.bandmaster.testkit.ledger;

import java.time.Instant;

/**
 * Something that was broken on purpose.
 *
 * @param what in a few words
 * @param at when it broke
 */
public record Fault(String what, Instant at) {}
