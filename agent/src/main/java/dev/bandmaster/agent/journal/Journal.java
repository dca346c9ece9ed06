package dev.bandmaster.agent.journal;

import dev.bandmaster.agent.journal.JournalEntry.State;
import dev.bandmaster.model.PrivateFiles;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's memory of requests that do something: a file to which lines are appended, each on the
 * disk ({@code fsync}) before the call returns. Rewritten without what may be forgotten at each
 * start and now and then. Any thread.
 *
 * <p>A disk that fails never makes it lie. A request is accepted when its line is on the disk; what
 * fails after that, such as a rewrite, is tried again later and refuses nothing. A line that may or
 * may not be on the disk is taken back by the next write, which begins with a whole new file. How a
 * request ended is known here from the moment it ended, even if the disk does not have it yet.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  /** Lines after which the file is rewritten: a few megabytes at most. */
  private static final int REWRITE_AFTER = 10_000;

  /** Kept for longer than a copy could be accepted, by as much as clocks may reasonably differ. */
  private static final Duration MARGIN = Duration.ofDays(1);

  private final Disk disk;
  private final Path file;
  private final InstantSource clock;
  private final Map<String, JournalEntry> entries = new LinkedHashMap<>();
  private Disk.Output out;
  private int lines;

  /** The file may hold what is not true, or lack what is: it is to be replaced by a whole one. */
  private boolean damaged;

  /** The file was put in its place and a crash might still bring back the one before. */
  private boolean unsettled;

  private final int rewriteAfter;
  private long rewriteAt;
  private boolean rewriteFails;

  /**
   * A journal in a file.
   *
   * @param rewriteAfter lines after which the file is rewritten
   */
  Journal(Path file, Disk disk, int rewriteAfter, InstantSource clock) throws IOException {
    this.rewriteAfter = rewriteAfter;
    this.disk = disk;
    this.file = file;
    this.clock = clock;
    read();
    this.out = rewrite();
    settle();
  }

  /**
   * Opens the journal in a directory, made when missing. A last line that was cut off by a crash is
   * dropped: what it said had not been promised to anybody.
   */
  public static Journal open(Path directory, InstantSource clock) throws IOException {
    PrivateFiles.ownFolder(directory);
    return new Journal(directory.resolve("journal"), new RealDisk(), REWRITE_AFTER, clock);
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

  /**
   * Writes down how an accepted request ended.
   *
   * @throws IOException when it is not on the disk yet; it is known here all the same, and written
   *     with whatever is written next
   */
  public synchronized void finish(String id, ReportBody.Final end) throws IOException {
    JournalEntry entry = entries.get(id);
    if (entry != null && entry.state() == State.ACCEPTED) {
      learn(entry.finished(end));
    }
  }

  /**
   * Writes down that the final of a finished request is on its way.
   *
   * @throws IOException as {@link #finish}
   */
  public synchronized void reported(String id) throws IOException {
    JournalEntry entry = entries.get(id);
    if (entry != null && entry.state() == State.FINISHED) {
      learn(entry.reported());
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

  /** Writes what the disk does not have yet because it failed before; to be called now and then. */
  public synchronized void repair() throws IOException {
    if (damaged) {
      replaceFile();
    }
    settle();
  }

  /** Closes the file; what an earlier failure left to be written is written if possible. */
  @Override
  public synchronized void close() throws IOException {
    try {
      repair();
    } finally {
      out.close();
    }
  }

  /** A promise: remembered only once it is on the disk. */
  private void append(JournalEntry entry) throws IOException {
    write(entry);
    entries.put(entry.id(), entry);
    rewriteIfLong();
  }

  /** A fact: remembered whether or not the disk takes it. */
  private void learn(JournalEntry entry) throws IOException {
    entries.put(entry.id(), entry);
    try {
      write(entry);
    } catch (IOException e) {
      damaged = true;
      throw e;
    }
    rewriteIfLong();
  }

  private void write(JournalEntry entry) throws IOException {
    repair();
    try {
      out.write(JournalJson.line(entry).getBytes(StandardCharsets.UTF_8));
      out.sync();
    } catch (IOException e) {
      // All of the line may be in the file, or half of it.
      damaged = true;
      takeBack();
      throw e;
    }
    lines++;
  }

  /** Makes the file true again at once; if that fails too, the next write begins with it. */
  private void takeBack() {
    try {
      repair();
    } catch (IOException e) {
      LOG.debug("The journal cannot be compacted now: {}", e.getMessage());
    }
  }

  /** What was to be written is on the disk: a rewrite that fails takes nothing back. */
  private void rewriteIfLong() {
    if (lines <= rewriteAt + entries.size()) {
      return;
    }
    try {
      replaceFile();
      settle();
    } catch (IOException e) {
      // Not with each line: the file may be long, and the disk is in trouble.
      rewriteAt = lines + rewriteAfter / 10L;
      if (!rewriteFails) {
        rewriteFails = true;
        LOG.warn("Cannot compact the journal, so it keeps growing: {}", e.getMessage());
      }
    }
  }

  private void read() throws IOException {
    byte[] content = disk.read(file);
    if (content == null) {
      return;
    }
    // A crash may have cut a character in two at the end.
    String text = new String(content, StandardCharsets.UTF_8);
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
              + "). Move it away to start without it. Requests that were running are then "
              + "not reported, and repeated requests may run again.",
          e);
    }
  }

  private void replaceFile() throws IOException {
    Disk.Output old = out;
    out = rewrite();
    damaged = false;
    close(old);
  }

  private static void close(Disk.Output old) {
    try {
      old.close();
    } catch (IOException e) {
      LOG.warn("Cannot close the old journal: {}", e.getMessage());
    }
  }

  /**
   * Writes all that counts into a new file and puts it in the place of the old one. When this
   * throws, the old one may still be in its place or not; both hold what was promised.
   */
  private Disk.Output rewrite() throws IOException {
    Instant now = clock.instant();
    StringBuilder text = new StringBuilder();
    entries.values().stream()
        .filter(entry -> !isForgotten(entry, now))
        .forEach(entry -> text.append(JournalJson.line(entry)));
    Path fresh = file.resolveSibling("journal.new");
    Disk.Output next = disk.create(fresh);
    boolean replacing = false;
    try {
      next.write(text.toString().getBytes(StandardCharsets.UTF_8));
      next.sync();
      replacing = true;
      disk.replace(fresh, file);
    } catch (IOException e) {
      // The name may point to either file now, so nothing more is written to the old one.
      damaged |= replacing;
      close(next);
      throw e;
    }
    unsettled = true;
    entries.values().removeIf(entry -> isForgotten(entry, now));
    lines = entries.size();
    rewriteAt = rewriteAfter;
    rewriteFails = false;
    return next;
  }

  /** After this a crash does not bring back the file before, which lacks what is written next. */
  private void settle() throws IOException {
    if (unsettled) {
      disk.syncDirectory(file);
      unsettled = false;
    }
  }

  private static boolean isForgotten(JournalEntry entry, Instant now) {
    boolean over = entry.state() == State.REPORTED || entry.state() == State.CANCELLED;
    return over && entry.until().isBefore(now);
  }
}
