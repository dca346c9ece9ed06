package dev.bandmaster.agent.outbox;

import dev.bandmaster.model.PrivateFiles;
import dev.bandmaster.model.ReportBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replies that wait on the disk, one small file each, numbered in order. When it is full, output,
 * progress and heartbeats are dropped and counted, never the first or last reply: those are small
 * and few. Used by one thread.
 */
final class ReplySpool {

  private static final Logger LOG = LoggerFactory.getLogger(ReplySpool.class);
  private static final String SUFFIX = ".reply";

  private record Slot(Path file, long size) {}

  private final Path directory;
  private final long mostBytes;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private long bytes;
  private long next;
  private long dropped;

  /**
   * Opens a spool and finds what an earlier life of the agent left in it.
   *
   * @param mostBytes size above which only first and last replies are accepted
   */
  ReplySpool(Path directory, long mostBytes) throws IOException {
    this.directory = directory;
    this.mostBytes = mostBytes;
    PrivateFiles.ownFolder(directory);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        take(file);
      }
    }
  }

  private void take(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!name.matches("[0-9]{16}" + SUFFIX.replace(".", "\\."))) {
      return;
    }
    Slot slot = new Slot(file, Files.size(file));
    slots.add(slot);
    bytes += slot.size();
    next = Long.parseLong(name.substring(0, 16)) + 1;
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  /** How many replies wait. */
  int size() {
    return slots.size();
  }

  /** Puts a reply at the end. */
  void add(Parcel parcel) throws IOException {
    byte[] content = ParcelJson.bytes(parcel);
    if (bytes + content.length > mostBytes && !mustStay(parcel.reply().body())) {
      dropped++;
      if (dropped == 1) {
        LOG.warn("The reply spool is full ({} bytes); further output is dropped.", bytes);
      }
      return;
    }
    Path file = directory.resolve("%016d%s".formatted(next, SUFFIX));
    Path fresh = directory.resolve("next");
    write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    if (parcel.reply().body() instanceof ReportBody.Final) {
      // The journal is about to record that this result can no longer be lost.
      syncDirectory();
    }
    next++;
    slots.add(new Slot(file, content.length));
    bytes += content.length;
  }

  /** The reply that waits longest; one that cannot be read is removed and said in the log. */
  Optional<Parcel> first() throws IOException {
    while (!slots.isEmpty()) {
      Path file = slots.getFirst().file();
      try {
        return Optional.of(ParcelJson.parcel(Files.readAllBytes(file)));
      } catch (IOException e) {
        LOG.error("Dropped an unreadable spooled reply: {}: {}", file, e.getMessage());
        removeFirst();
      }
    }
    return Optional.empty();
  }

  /** Forgets the reply that waits longest. */
  void removeFirst() throws IOException {
    Slot slot = slots.removeFirst();
    bytes -= slot.size();
    Files.deleteIfExists(slot.file());
    if (slots.isEmpty() && dropped > 0) {
      LOG.warn("The reply spool has space again; {} chunks of output were dropped.", dropped);
      dropped = 0;
    }
  }

  static boolean mustStay(ReportBody body) {
    return switch (body) {
      case ReportBody.Accepted _, ReportBody.Started _, ReportBody.Final _ -> true;
      case ReportBody.Progress _, ReportBody.Output _, ReportBody.Heartbeat _ -> false;
    };
  }

  private void syncDirectory() throws IOException {
    try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            PrivateFiles.file(file),
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(false);
    }
  }
}
