package dev.bandmaster.model;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about a request. Every request that a node can trust ends with a {@link Final}.
 */
public sealed interface ReportBody {
  /**
   * The request is on the node's disk and will be run once. Said again when the same request comes
   * again while it runs.
   *
   * @param heartbeat how often the node gives a sign of life about this request until its final;
   *     when three are missing, the work may be called lost. 1 ms to 1 h
   */
  record Accepted(Duration heartbeat) implements ReportBody {
    /** What an agent does that does not say how often. */
    public static final Duration USUAL_HEARTBEAT = Duration.ofSeconds(30);

    public Accepted {
      if (heartbeat.toMillis() < 1 || heartbeat.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException(
            "heartbeat is " + heartbeat + "; it must be between 1 ms and 1 h");
      }
    }

    public Accepted() {
      this(USUAL_HEARTBEAT);
    }
  }

  /** The work has begun. */
  record Started() implements ReportBody {}

  /** A step of the work, such as {@code fetch = done}. */
  record Progress(String key, String value) implements ReportBody {
    public Progress {
      Bounds.name(key, "key");
      Bounds.bounded(value, Bounds.SENTENCE, "value");
    }
  }

  /**
   * A piece of what the work printed.
   *
   * @param stream {@code stdout} or {@code stderr}, or a name the action chose
   * @param text at most {@value #LONGEST} characters; valid Unicode, control sequences included
   */
  record Output(String stream, String text) implements ReportBody {
    /**
     * Longest piece, in UTF-16 units: output is flushed long before, so a longer one is a mistake.
     */
    public static final int LONGEST = 256 * 1024;

    public Output {
      Bounds.name(stream, "stream");
      Bounds.bounded(text, LONGEST, "text");
    }
  }

  /** The work continues; sent if nothing else was sent for a while. */
  record Heartbeat() implements ReportBody {}

  /**
   * The end, whatever it was.
   *
   * @param message one sentence for the person who asked; may be empty when {@code code} says it
   *     all
   * @param exit the exit status of the process that ran, if one ran
   * @param data what the action returns; nothing when it returns none
   */
  record Final(FinalCode code, String message, @Nullable Integer exit, Data data)
      implements ReportBody {
    public Final {
      Bounds.bounded(message, Bounds.SENTENCE, "message");
    }

    /** The answer to a request that was run before and ended with {@code end}. */
    public static Final duplicateOf(Final end) {
      return new Final(
          FinalCode.DUPLICATE,
          "It already ran and is not repeated: " + end.code() + ".",
          null,
          StoredFinal.write(end));
    }

    /**
     * The end that the request had when it was run, if this is a {@code DUPLICATE} that carries it;
     * it stands for this final. A {@code DUPLICATE} without one ends nothing: the node remembers
     * that it answered, and that answer is on its way.
     */
    public Optional<Final> stored() {
      return code == FinalCode.DUPLICATE ? StoredFinal.read(data) : Optional.empty();
    }
  }
}
