package dev.bandmaster.wire;

import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of a bot's keys: one private file for each, whose names end in {@code .json}. Keys
 * that are retired move to the folder {@code retired} in it. All replicas hold the same files.
 */
public final class BotKeyFolder implements Reread.Disk<BotKeySet> {
  /** The file of the keys that were made at the first start. */
  public static final String FIRST = "bot.json";

  /** Where retired keys go. */
  public static final String RETIRED = "retired";

  /** Files read; a folder with more is not a folder of keys. */
  private static final int MOST = 100;

  private final Path folder;

  public BotKeyFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The keys in the folder; the first are made if there are none.
   *
   * @throws IOException with a sentence when a file cannot be used
   */
  public BotKeySet open(InstantSource clock) throws IOException {
    if (files().isEmpty()) {
      KeyFiles.bot(folder.resolve(FIRST), clock);
    }
    return read();
  }

  @Override
  public BotKeySet read() throws IOException {
    List<BotKeySet.Entry> entries = new ArrayList<>();
    for (Path file : files()) {
      entries.add(KeyFiles.entry(file));
    }
    if (entries.isEmpty()) {
      throw new IOException("there is no key in " + folder);
    }
    try {
      return new BotKeySet(entries);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + ", in " + folder, e);
    }
  }

  /** Name, size and time of each file. */
  @Override
  public Object mark() throws IOException {
    Map<String, List<Object>> mark = new TreeMap<>();
    for (Path file : files()) {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      mark.put(
          String.valueOf(file.getFileName()),
          List.of(attributes.size(), attributes.lastModifiedTime()));
    }
    return mark;
  }

  /**
   * Makes keys that will sign from a later moment.
   *
   * @param signsFrom when they begin to sign; nodes accept them from an hour before
   * @param validFor how long they count from then on
   * @throws IOException when the file cannot be written
   */
  public BotKeySet.Entry add(Instant signsFrom, Duration validFor) throws IOException {
    Instant whole = signsFrom.truncatedTo(ChronoUnit.SECONDS);
    BotKeys keys = BotKeys.generate(whole.minus(KeyFiles.ACCEPTED_BEFORE), whole.plus(validFor));
    Path file = folder.resolve(keys.id() + ".json");
    if (Files.exists(file)) {
      throw new IOException(file + " is there already");
    }
    KeyFiles.write(file, KeyFiles.json(keys, signsFrom));
    return KeyFiles.entry(file);
  }

  /**
   * Takes keys out of use; their file moves to the folder {@link #RETIRED}.
   *
   * @return where the file is now
   * @throws IOException when no file holds these keys, or it cannot be moved
   */
  public Path retire(String id) throws IOException {
    for (Path file : files()) {
      if (KeyFiles.entry(file).id().equals(id)) {
        Path target = PrivateFiles.ownFolder(folder.resolve(RETIRED)).resolve(id + ".json");
        return Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    throw new IOException("no key in " + folder + " has the id " + id);
  }

  /**
   * The public halves of all keys the bot has or had: what an old signature is checked with.
   *
   * @throws IOException when a file cannot be read
   */
  public List<BotPublicKeys> everHeld() throws IOException {
    List<BotPublicKeys> all = new ArrayList<>();
    for (Path place : List.of(folder, folder.resolve(RETIRED))) {
      for (Path file : files(place)) {
        all.add(KeyFiles.entry(file).keys().publicKeys());
      }
    }
    return all;
  }

  private List<Path> files() throws IOException {
    return files(folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : found) {
        if (files.size() == MOST) {
          throw new IOException(
              folder + " holds more than " + MOST + " files; it is for keys only");
        }
        files.add(file);
      }
    }
    files.sort(null);
    return files;
  }
}
