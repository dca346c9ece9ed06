package dev.bandmaster.agent.alert;

import dev.bandmaster.agent.presence.Announcer;
import dev.bandmaster.bus.FaultLog;
import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder into which programs on this node put what a person should look at, a file each; {@code
 * config/bandmaster-alert.sh} does that. A file goes once the broker has its alert, so what is put
 * there while the broker is unreachable is sent when it is back.
 */
public final class AlertFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertFolder.class);

  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Alerts per scan: a program that produces too many cannot crowd out the others. */
  private static final int MOST = 10;

  /** Files that are kept; of more the oldest names stay. */
  private static final int MOST_WAITING = 1_000;

  /** Bytes of a file. */
  private static final long LARGEST = 4_096;

  private final FaultLog faults = new FaultLog(LOG);
  private final Path folder;
  private final Announcer announcer;
  private final Thread thread = Thread.ofVirtual().name("alerts").unstarted(this::run);

  /** Opens the folder, and makes it if it is missing. */
  public AlertFolder(Path folder, Announcer announcer) throws IOException {
    this.folder = PrivateFiles.folder(folder);
    this.announcer = announcer;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        try {
          look();
        } catch (RuntimeException e) {
          faults.failed("Scanning " + folder, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Announces what is there. */
  void look() {
    try {
      List<Path> files = files();
      for (Path file : files.subList(0, Math.min(files.size(), MOST))) {
        if (!takeIfPossible(file)) {
          return;
        }
      }
      for (Path file : files.subList(Math.min(files.size(), MOST_WAITING), files.size())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("Cannot scan the folder {}: {}", folder, e.getMessage());
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*.alert")) {
      stream.forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  /** As {@link #take}; a file that cannot be taken does not stop those behind it. */
  private boolean takeIfPossible(Path file) {
    try {
      return take(file);
    } catch (IOException | RuntimeException e) {
      faults.failed("Reading the alert " + file, e);
      return true;
    }
  }

  /** Whether the file is gone. */
  private boolean take(Path file) throws IOException {
    Optional<DroppedAlert> alert = read(file);
    if (alert.isPresent() && !announcer.announce(alert.get()::event)) {
      return false;
    }
    if (alert.isEmpty()) {
      LOG.warn("{} is not an alert; it was deleted", file);
    }
    Files.deleteIfExists(file);
    return true;
  }

  private static Optional<DroppedAlert> read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
      return Optional.empty();
    }
    try {
      return DroppedAlert.read(Files.readString(file));
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
