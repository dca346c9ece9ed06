package dev.bandmaster.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a node says about a request. Every request that a node can trust ends with a {@link Final}.
 */
public sealed interface ReplyBody {
  /** The request is on the node's disk and will be run once. */
  record Accepted() implements ReplyBody {}

  /** The work has begun. */
  record Started() implements ReplyBody {}

  /** A step of the work, such as {@code fetch = done}. */
  record Progress(String key, String value) implements ReplyBody {
    public Progress {
      Text.name(key, "key");
      Text.bounded(value, Text.SENTENCE, "value");
    }
  }

  /**
   * A piece of what the work printed.
   *
   * @param stream {@code stdout} or {@code stderr}, or a name the action chose
   * @param text at most {@value #LONGEST} characters; valid Unicode, control sequences included
   */
  record Output(String stream, String text) implements ReplyBody {
    /**
     * Longest piece, in UTF-16 units: output is flushed long before, so a longer one is a mistake.
     */
    public static final int LONGEST = 256 * 1024;

    public Output {
      Text.name(stream, "stream");
      Text.bounded(text, LONGEST, "text");
    }
  }

  /** The work goes on; sent when nothing else was for a while. */
  record Heartbeat() implements ReplyBody {}

  /**
   * The end, whatever it was.
   *
   * @param message one sentence for the person who asked; may be empty when {@code code} says it
   *     all
   * @param exit the exit status of the process that ran, if one ran
   * @param data what the action returns; JSON null when it returns nothing
   */
  record Final(FinalCode code, String message, @Nullable Integer exit, JsonNode data)
      implements ReplyBody {
    public Final {
      Text.bounded(message, Text.SENTENCE, "message");
      data = data.deepCopy();
    }
  }
}
