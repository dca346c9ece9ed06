package dev.bandmaster.agent.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log file that is read from its end, and then as it grows. However large the file is, only its
 * last part is read. For one thread.
 */
final class LogFile implements AutoCloseable {

  /** Bytes at the end of a file that are looked at. */
  static final int WINDOW = 4 * 1024 * 1024;

  /** Bytes that are taken at a time while it grows; what is more is skipped. */
  static final int MOST_NEW = 256 * 1024;

  /** Characters of a line that are kept. */
  static final int LONGEST_LINE = 2_000;

  /** So many NULs in a row are a hole: what was there was cut away while it was written to. */
  private static final int HOLE = 64;

  /** Of a hundred bytes of text fewer are control characters. */
  private static final int LEAST_CONTROL_PERCENT = 5;

  private final Path path;
  private FileChannel channel;
  private @Nullable Object key;
  private long position;
  private byte[] rest = new byte[0];

  private LogFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /**
   * Opens a file.
   *
   * @throws IOException with a sentence for people
   */
  static LogFile open(Path path) throws IOException {
    try {
      // Anything else, such as a pipe, might never end.
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new IOException(path + " is not a regular file.");
      }
      return new LogFile(path, FileChannel.open(path, StandardOpenOption.READ));
    } catch (NoSuchFileException e) {
      throw new IOException(path + " does not exist.", e);
    } catch (AccessDeniedException e) {
      throw new IOException("The agent's user may not read " + path + ".", e);
    }
  }

  /**
   * The lines in the last part of the file; empty if that is not text.
   *
   * @throws IOException with a sentence for people
   */
  Optional<List<String>> last() throws IOException {
    long size = channel.size();
    long from = Math.max(0, size - WINDOW);
    byte[] bytes = read(from, (int) (size - from));
    position = from + bytes.length;
    int hole = behindLastHole(bytes);
    byte[] text = Arrays.copyOfRange(bytes, hole, bytes.length);
    if (bytes.length > 0 && (text.length == 0 || !isText(text))) {
      rest = new byte[0];
      return Optional.empty();
    }
    List<String> lines = lines(text);
    // The first is the end of a line whose beginning was not read.
    return Optional.of(
        from > 0 && hole == 0 && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines);
  }

  /** The lines that were added since; with a word on what is missing or has changed. */
  List<String> added() throws IOException {
    List<String> added = new ArrayList<>(grown());
    Optional<Object> now = currentKey();
    if (now.isPresent() && !Objects.equals(now.get(), key)) {
      FileChannel next = FileChannel.open(path, StandardOpenOption.READ);
      channel.close();
      channel = next;
      key = now.get();
      added.addAll(leftOver());
      added.add("… " + path + " was rotated; this is the new file.");
      position = 0;
      added.addAll(grown());
    }
    return added;
  }

  private List<String> grown() throws IOException {
    List<String> added = new ArrayList<>();
    long size = channel.size();
    if (size < position) {
      added.addAll(leftOver());
      added.add("… " + path + " was emptied.");
      position = 0;
    }
    if (size - position > MOST_NEW) {
      long skipped = size - position - MOST_NEW;
      added.add("… %,d bytes of %s were skipped.".formatted(skipped, path));
      position += skipped;
      rest = new byte[0];
    }
    byte[] bytes = read(position, (int) (size - position));
    position += bytes.length;
    added.addAll(lines(bytes));
    return added;
  }

  private Optional<Object> currentKey() {
    try {
      return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException _) {
      // Between the two steps of a rotation there is no file.
      return Optional.empty();
    }
  }

  private byte[] read(long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
      // Reads on until the buffer is full or the file, which may have become shorter, is at its
      // end.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** The whole lines; what is behind the last is kept until more of it is there. */
  private List<String> lines(byte[] more) {
    byte[] all = Arrays.copyOf(rest, rest.length + more.length);
    System.arraycopy(more, 0, all, rest.length, more.length);
    List<String> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        lines.add(line(all, begin, i));
        begin = i + 1;
      }
    }
    rest = Arrays.copyOfRange(all, begin, Math.min(all.length, begin + MOST_NEW));
    return lines;
  }

  /** What was written of a line that has not ended. */
  List<String> leftOver() {
    byte[] left = rest;
    rest = new byte[0];
    return left.length == 0 ? List.of() : List.of(line(left, 0, left.length));
  }

  private static String line(byte[] bytes, int begin, int end) {
    int length = Math.min(end - begin, 4 * LONGEST_LINE);
    String text =
        new String(bytes, begin, length, StandardCharsets.UTF_8)
            .replace("\r", "")
            .replace('\0', '\u2400');
    return text.length() <= LONGEST_LINE && length == end - begin
        ? text
        : text.substring(0, Math.min(text.length(), LONGEST_LINE)) + "…";
  }

  private static int behindLastHole(byte[] bytes) {
    int run = 0;
    for (int i = bytes.length - 1; i >= 0; i--) {
      run = bytes[i] == 0 ? run + 1 : 0;
      if (run == HOLE) {
        return i + HOLE;
      }
    }
    return 0;
  }

  private static boolean isText(byte[] bytes) {
    long control = 0;
    for (byte each : bytes) {
      if (each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t' && each != 27) {
        control++;
      }
    }
    return control * 100 < (long) bytes.length * LEAST_CONTROL_PERCENT;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
