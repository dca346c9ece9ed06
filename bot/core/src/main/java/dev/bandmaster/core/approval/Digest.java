package dev.bandmaster.core.approval;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of exactly what is to be done: action, application, environment, version, arguments,
 * nodes, steps, who asked and in which channel. Two jobs with the same digest do the same.
 */
public final class Digest {
  private Digest() {}

  /** The digest, as 64 hexadecimal digits. */
  public static String of(Job job) {
    return of(job.right(), job.work(), job.asker(), job.place());
  }

  /** The digest of a job that is not made yet. */
  public static String of(
      Right right, Planned.Work work, UserRef requester, ConversationRef place) {
    return sha256(CanonicalJson.of(record(right, work, requester, place)));
  }

  private static Data.Fields record(
      Right right, Planned.Work work, UserRef requester, ConversationRef place) {
    return Data.Fields.EMPTY
        .with("action", right.permission())
        .with("app", right.application())
        .with("env", right.environment())
        .with("version", work.subject().map(Planned.Subject::version).orElse(""))
        .with("capability", work.capability() + "." + work.action())
        .with("arguments", work.arguments())
        .with("nodes", Data.of(work.reach().nodes()))
        .with("rollout", rollout(work.rollout()))
        .with("requester", requester.principal())
        .with("channel", place.channel());
  }

  private static Data rollout(Rollout rollout) {
    Data.Fields steps =
        Data.Fields.EMPTY
            .with("canary", rollout.canary().toString())
            .with("batch", rollout.batch().toString())
            .with("pause_ms", rollout.pause().toMillis())
            .with("failures", rollout.failures().toString());
    return rollout
        .check()
        .map(check ->
            steps
                .with("check", check.capability() + "." + check.action())
                .with("check_arguments", check.arguments()))
        .orElse(steps);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
