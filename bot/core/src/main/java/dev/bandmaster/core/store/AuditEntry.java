package dev.bandmaster.core.store;

import dev.bandmaster.core.approval.ApprovalStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
 * @param decision {@code allowed}, {@code asked} for approval, {@code denied}, {@code refused},
 *     {@code answered} or {@code done}
 * @param reason the sentence the person was given, or the job that was opened
 * @param rules ids of the deciding rules, separated by commas
 * @param policy hash of the policy in force
 * @param more what else is known
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
    String policy,
    More more) {

  /** An entry of which nothing else is known. */
  public AuditEntry(
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
      String policy) {
    this(
        at, principal, channel, raw, action, env, app, job, decision, reason, rules, policy,
        More.NONE);
  }

  /** An entry about something that did not come to any right. */
  public static AuditEntry of(
      Instant at, String principal, String channel, String raw, String decision, String reason) {
    return new AuditEntry(at, principal, channel, raw, "", "", "", "", decision, reason, "", "");
  }

  /** The same entry about something that came in this envelope; empty for none. */
  public AuditEntry cameIn(String envelope) {
    return new AuditEntry(
        at,
        principal,
        channel,
        raw,
        action,
        env,
        app,
        job,
        decision,
        reason,
        rules,
        policy,
        new More(
            more.name(),
            more.delivery(),
            more.message(),
            more.digest(),
            more.state(),
            more.groupsAge(),
            more.bypass(),
            Optional.of(envelope).filter(id -> !id.isEmpty())));
  }

  /** Its texts in the order in which they are hashed and exported, which never changes. */
  public List<String> texts() {
    return List.of(principal, channel, raw, action, env, app, job, decision, reason, rules, policy);
  }

  /**
   * What else is known.
   *
   * @param name how the person was called then
   * @param delivery id of the delivery it came with, or empty
   * @param message timestamp of the message that asked, or empty
   * @param digest of what approval was asked for or given, or empty
   * @param state how the request for approval stood after it, or empty
   * @param groupsAge how old the knowledge of a voter's groups was, in seconds, or empty
   * @param bypass whether it went round approvals and freezes
   * @param envelope id of the chat service's envelope it came in, if one brought it
   */
  public record More(
      String name,
      String delivery,
      String message,
      String digest,
      String state,
      String groupsAge,
      boolean bypass,
      Optional<String> envelope) {
    public static final More NONE = new More("", "", "", "", "", "", false);

    /** How a status is called in the audit. It is part of the hash of a row and never changes. */
    public static String nameOf(ApprovalStatus status) {
      return switch (status) {
        case PENDING -> "PENDING";
        case APPROVED -> "APPROVED";
        case DENIED -> "DENIED";
        case EXPIRED -> "EXPIRED";
        case CANCELLED -> "CANCELLED";
        case SUPERSEDED -> "SUPERSEDED";
        case DISPATCHED -> "DISPATCHED";
        case LAPSED -> "LAPSED";
      };
    }

    /** What no envelope brought. */
    public More(
        String name,
        String delivery,
        String message,
        String digest,
        String state,
        String groupsAge,
        boolean bypass) {
      this(name, delivery, message, digest, state, groupsAge, bypass, Optional.empty());
    }
  }
}
