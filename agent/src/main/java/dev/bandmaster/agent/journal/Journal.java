package dev.bandmaster.agent.journal;

import dev.bandmaster.agent.journal.JournalEntry.State;
import dev.bandmaster.wire.ReplyBody;
import dev.bandmaster.wire.Request;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's memory of requests that do something: a file to which lines are appended, each on the
 * disk ({@code fsync}) before the call returns. Rewritten without what may be forgotten at each
 * start and now and then. Any thread.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** Lines after which the file is rewritten: a few megabytes at most. */
  private static final int REWRITE_AFTER = 10_000;

  /** Kept for longer than a copy could be accepted, by as much as clocks may reasonably differ. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final Path file;
  private final InstantSource clock;
  private final Map<String, JournalEntry> entries = new LinkedHashMap<>();
  private FileOutputStream out;
  private int lines;
  private boolean damaged;

  private Journal(Path file, InstantSource clock) throws IOException {
    this.file = file;
    this.clock = clock;
    read();
    this.out = rewrite();
  }

  /**
   * Opens the journal in a directory, made when missing. A last line that was cut off by a crash is
   * dropped: what it said had not been promised to anybody.
   */
  public static Journal open(Path directory, InstantSource clock) throws IOException {
    Files.createDirectories(directory);
    return new Journal(directory.resolve("journal"), clock);
  }

  /**
   * Writes down that a request will be run, unless its id is known.
   *
   * @return what is known of the id, or empty when the request is new and now on the disk
   * @throws IOException when it cannot be written; then it must not be run
   */
  public synchronized Optional<JournalEntry> accept(Request request) throws IOException {
    JournalEntry known = entries.get(request.id());
    if (known != null) {
      return Optional.of(known);
    }
    append(
        new JournalEntry(
            request.id(),
            request.replyTo(),
            request.capability() + "." + request.action(),
            request.sentAt().plus(request.ttl()).plus(MARGIN),
            State.ACCEPTED,
            null));
    return Optional.empty();
  }

  /** What is known of an id. */
  public synchronized Optional<JournalEntry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** Writes down how an accepted request ended. */
  public synchronized void finish(String id, ReplyBody.Final end) throws IOException {
    JournalEntry entry = entries.get(id);
    if (entry != null && entry.state() == State.ACCEPTED) {
      append(entry.finished(end));
    }
  }

  /** Writes down that the final of a finished request is on its way. */
  public synchronized void reported(String id) throws IOException {
    JournalEntry entry = entries.get(id);
    if (entry != null && entry.state() == State.FINISHED) {
      append(entry.reported());
    }
  }

  /**
   * Refuses a request in advance that has not come yet.
   *
   * @return what is known of the id, or empty when it is refused from now on
   */
  public synchronized Optional<JournalEntry> bury(String id) throws IOException {
    JournalEntry known = entries.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Instant until = clock.instant().plus(Request.LONGEST_TTL).plus(MARGIN);
    append(new JournalEntry(id, "", "", until, State.CANCELLED, null));
    return Optional.empty();
  }

  /** Entries that are in a state, oldest first. */
  public synchronized List<JournalEntry> in(State state) {
    return entries.values().stream().filter(entry -> entry.state() == state).toList();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }

  private void append(JournalEntry entry) throws IOException {
    if (damaged) {
      replaceFile();
      damaged = false;
    }
    try {
      write(out, JournalJson.line(entry));
    } catch (IOException e) {
      // Half a line may be in the file: the next write begins with a whole file.
      damaged = true;
      throw e;
    }
    entries.put(entry.id(), entry);
    lines++;
    if (lines > REWRITE_AFTER + entries.size()) {
      replaceFile();
    }
  }

  /** By a stream, not a channel: an interrupted job must not close the journal under everybody. */
  private static void write(FileOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.getFD().sync();
  }

  private void read() throws IOException {
    String text;
    try {
      // Not readString: a crash may have cut a character in two at the end.
      text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      return;
    }
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      readLine(text.substring(start, end));
      start = end + 1;
    }
  }

  private void readLine(String line) throws IOException {
    try {
      JournalEntry entry = JournalJson.entry(line);
      entries.put(entry.id(), entry);
    } catch (IOException e) {
      throw new IOException(
          file
              + " is damaged ("
              + e.getMessage()
              + "). Move it away to start without it; requests that were running then are not"
              + " reported, and requests that come again may run again.",
          e);
    }
  }

  private void replaceFile() throws IOException {
    FileOutputStream old = out;
    out = rewrite();
    try {
      old.close();
    } catch (IOException e) {
      LOG.warn("The old journal could not be closed: {}", e.getMessage());
    }
  }

  /** Writes all that counts into a new file and puts it in the place of the old one. */
  private FileOutputStream rewrite() throws IOException {
    Instant now = clock.instant();
    entries.values().removeIf(entry -> settled(entry.state()) && entry.until().isBefore(now));
    StringBuilder text = new StringBuilder();
    entries.values().forEach(entry -> text.append(JournalJson.line(entry)));
    Path fresh = file.resolveSibling("journal.new");
    FileOutputStream next = new FileOutputStream(fresh.toFile());
    write(next, text.toString());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncDirectory(file.getParent());
    lines = entries.size();
    return next;
  }

  private static boolean settled(State state) {
    return state == State.REPORTED || state == State.CANCELLED;
  }

  private static void syncDirectory(@Nullable Path directory) throws IOException {
    if (directory != null) {
      try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }
}
