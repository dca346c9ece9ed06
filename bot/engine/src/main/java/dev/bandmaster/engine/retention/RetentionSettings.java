package dev.bandmaster.engine.retention;

import java.time.Duration;

/**
 * How long the store keeps what is over. The audit is kept for ever.
 *
 * @param inbox handled deliveries, from when they were handled
 * @param outbox messages that the chat shows, from when they were last drawn
 * @param output what nodes printed, from the end of their job; alerts that are over, and node
 *     histories
 */
public record RetentionSettings(Duration inbox, Duration outbox, Duration output) {}
