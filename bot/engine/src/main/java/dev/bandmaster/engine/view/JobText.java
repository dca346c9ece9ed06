package dev.bandmaster.engine.view;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Text;
import java.util.Locale;

/** Signs and words for how far jobs and nodes are. */
public final class JobText {
  private JobText() {}

  public static String sign(JobStatus status) {
    return switch (status) {
      case AWAITING_APPROVAL -> "✋";
      case QUEUED -> "⏳";
      case RUNNING -> "▶️";
      case PAUSED -> "⏸️";
      case SUCCEEDED -> "✅";
      case PARTLY_FAILED -> "⚠️";
      case FAILED -> "❌";
      case TIMED_OUT -> "⌛";
      case CANCELLED -> "🛑";
    };
  }

  public static String of(JobStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String sign(NodeStatus status) {
    return switch (status) {
      case WAITING -> "⏳";
      case RUNNING -> "▶️";
      case OK -> "✅";
      case NO_ANSWER -> "🔇";
      case CANCELLED -> "🛑";
      case FAILED, TIMEOUT, DENIED, INVALID, EXPIRED, LOST, DUPLICATE, UNKNOWN_ACTION, UNROUTABLE ->
          "❌";
    };
  }

  static String of(NodeStatus status) {
    return switch (status) {
      case NO_ANSWER -> "did not answer in time";
      case UNROUTABLE -> "cannot be reached";
      default -> status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  /** The beginning of a message about a job: which one, what, and for whom. */
  static Text heading(String sign, Job job, String what) {
    return Text.plain(sign + " ")
        .bold("job " + job.number())
        .and("  ")
        .code(what)
        .and("  for ")
        .person(job.asker().user());
  }
}
