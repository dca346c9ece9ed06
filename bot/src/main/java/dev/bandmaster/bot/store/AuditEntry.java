package dev.bandmaster.bot.store;

import java.time.Instant;

/**
 * A line of the audit: who wanted what, and what became of it.
 *
 * @param at when it was decided
 * @param principal who, as {@code slack:T…:U…}
 * @param channel where
 * @param raw the words exactly as they came
 * @param action the right that was needed, or empty if it did not come to that
 * @param env the environment that was named, or empty
 * @param app the application that was named, or empty
 * @param job number of the job it led to, or empty
 * @param decision {@code allowed}, {@code denied}, {@code refused} or {@code answered}
 * @param reason the sentence the person was given, or the job that was opened
 * @param rules ids of the deciding rules, separated by commas
 * @param policy hash of the policy in force
 */
public record AuditEntry(
    Instant at,
    String principal,
    String channel,
    String raw,
    String action,
    String env,
    String app,
    String job,
    String decision,
    String reason,
    String rules,
    String policy) {}
