package dev.bandmaster.agent.job;

import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.model.ReportBody;
import java.nio.charset.StandardCharsets;

/**
 * What a job prints, on its way to the asker: collected into pieces that are sent when there is 1
 * KiB or a second has passed, and cut off with a marker at the limit. Any thread.
 */
final class JobOutput implements ProgramOutput {

  /** Characters that are sent without further waiting. */
  private static final int PIECE = 1024;

  /** Longest piece: well below what a reply may carry. */
  private static final int LONGEST_PIECE = 64 * 1024;

  private final ReplyChannel channel;
  private final long limit;
  private final StringBuilder pending = new StringBuilder();
  private String pendingStream = OUT;
  private long bytes;
  private long dropped;

  JobOutput(ReplyChannel channel, long limit) {
    this.channel = channel;
    this.limit = limit;
  }

  @Override
  public void text(String stream, String text) {
    // Before taking the lock, so that watchers of the job never wait for room.
    channel.awaitRoom();
    add(stream, text);
  }

  private synchronized void add(String stream, String text) {
    String kept = withinLimit(text);
    if (kept.isEmpty()) {
      return;
    }
    if (!stream.equals(pendingStream)) {
      flush();
      pendingStream = stream;
    }
    pending.append(kept);
    if (pending.length() >= PIECE) {
      flush();
    }
  }

  /** Sends what has been collected. */
  synchronized void flush() {
    int from = 0;
    while (from < pending.length()) {
      int to = Math.min(from + LONGEST_PIECE, pending.length());
      if (to < pending.length() && Character.isHighSurrogate(pending.charAt(to - 1))) {
        to--;
      }
      channel.send(new ReportBody.Output(pendingStream, pending.substring(from, to)));
      from = to;
    }
    pending.setLength(0);
  }

  /** Sends what is left, and how much is missing. */
  synchronized void finish() {
    flush();
    if (dropped > 0) {
      channel.send(
          new ReportBody.Output(
              pendingStream,
              "\n… output truncated: %,d bytes shown, %,d more dropped\n"
                  .formatted(bytes, dropped)));
    }
  }

  private String withinLimit(String text) {
    long size = text.getBytes(StandardCharsets.UTF_8).length;
    if (dropped == 0 && bytes + size <= limit) {
      bytes += size;
      return text;
    }
    String kept = dropped == 0 ? head(text, limit - bytes) : "";
    long keptBytes = kept.getBytes(StandardCharsets.UTF_8).length;
    bytes += keptBytes;
    dropped += size - keptBytes;
    return kept;
  }

  /** The longest beginning of the text that takes no more than so many bytes of UTF-8. */
  private static String head(String text, long room) {
    int end = 0;
    long used = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      used += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (used > room) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }
}
