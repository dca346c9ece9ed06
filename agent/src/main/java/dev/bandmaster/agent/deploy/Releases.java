package dev.bandmaster.agent.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The releases of one app on the disk: {@code releases/<version>}, {@code shared/}, and the links
 * {@code current} and {@code previous}. A release appears whole or not at all, and {@code current}
 * always leads somewhere: both change by one rename.
 */
final class Releases {

  /** What is current, and what was before it; either may be missing. */
  record Position(Optional<Version> current, Optional<Version> previous) {}

  /** Begins the name of what is not a release yet; no version begins so. */
  private static final String UNFINISHED = ".";

  /** Says inside a release where it came from. */
  private static final String ORIGIN = ".bandmaster-origin";

  /** What is known of a release that was here before the agent. */
  static final String UNKNOWN = "unknown";

  /** What directories begin with whose release is being fetched again. */
  private static final String REPLACED = ".replaced-";

  private final Path root;
  private final InstantSource clock;

  Releases(Path root, InstantSource clock) {
    this.root = root.toAbsolutePath().normalize();
    this.clock = clock;
  }

  Path directory(Version version) {
    return root.resolve("releases").resolve(version.text());
  }

  Path shared() {
    return root.resolve("shared");
  }

  Path current() {
    return root.resolve("current");
  }

  /** An empty directory to build a release in, next to the others so that a rename moves it. */
  Path stage(Version version) throws IOException {
    Files.createDirectories(root.resolve("releases"));
    Files.createDirectories(shared());
    takeBackReplaced();
    removeUnfinished();
    return Files.createTempDirectory(root.resolve("releases"), UNFINISHED + version.text() + "-");
  }

  /** A place for a download, removed with the next {@link #stage}. */
  Path download() throws IOException {
    Files.createDirectories(root.resolve("releases"));
    return Files.createTempFile(root.resolve("releases"), UNFINISHED + "download-", "");
  }

  /**
   * Makes a staged directory a release.
   *
   * @return where the release is now that it takes the place of, if there was one of unknown origin
   */
  Optional<Path> admit(Path staged, Version version, String origin) throws IOException {
    Files.writeString(staged.resolve(ORIGIN), origin + "\n");
    Optional<Path> replaced = Optional.empty();
    if (origin(version).filter(UNKNOWN::equals).isPresent()) {
      Path aside = root.resolve("releases").resolve(REPLACED + version.text());
      Files.move(directory(version), aside, StandardCopyOption.ATOMIC_MOVE);
      replaced = Optional.of(aside);
    }
    Files.move(staged, directory(version), StandardCopyOption.ATOMIC_MOVE);
    return replaced;
  }

  /** Puts a release back that {@link #admit} had moved away; what took its place is removed. */
  void takeBack(Path replaced, Version version) throws IOException {
    if (Files.isDirectory(replaced)) {
      Trees.remove(directory(version));
      Files.move(replaced, directory(version), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** After the agent died during a deploy: what was moved away is put back where nothing is now. */
  private void takeBackReplaced() throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("releases"))) {
      for (Path entry : entries.toList()) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(REPLACED) && Version.isValid(name.substring(REPLACED.length()))) {
          Path release = directory(new Version(name.substring(REPLACED.length())));
          if (Files.isDirectory(release)) {
            Trees.remove(entry);
          } else {
            Files.move(entry, release, StandardCopyOption.ATOMIC_MOVE);
          }
        }
      }
    }
  }

  /**
   * Where a release came from, {@link #UNKNOWN} if the agent did not bring it, or empty when there
   * is no such release.
   */
  Optional<String> origin(Version version) throws IOException {
    try {
      return Optional.of(Files.readString(directory(version).resolve(ORIGIN)).strip());
    } catch (NoSuchFileException _) {
      return Files.isDirectory(directory(version)) ? Optional.of(UNKNOWN) : Optional.empty();
    }
  }

  Position position() throws IOException {
    return new Position(leadsTo(current()), leadsTo(root.resolve("previous")));
  }

  /** Makes a release current; what was current becomes previous. */
  void switchTo(Version version) throws IOException {
    Position before = position();
    Files.setLastModifiedTime(directory(version), FileTime.from(clock.instant()));
    if (before.current().isPresent() && !before.current().get().equals(version)) {
      link("previous", before.current());
    }
    link("current", Optional.of(version));
  }

  /** Makes the links lead where they led before. */
  void restore(Position before) throws IOException {
    link("current", before.current());
    link("previous", before.previous());
  }

  /** All releases, the one switched to last first. */
  List<Version> all() throws IOException {
    Path releases = root.resolve("releases");
    if (!Files.isDirectory(releases)) {
      return List.of();
    }
    record Aged(Version version, FileTime time) {}
    List<Aged> aged = new ArrayList<>();
    try (Stream<Path> entries = Files.list(releases)) {
      for (Path entry : entries.filter(Files::isDirectory).toList()) {
        String name = String.valueOf(entry.getFileName());
        if (Version.isValid(name)) {
          aged.add(new Aged(new Version(name), Files.getLastModifiedTime(entry)));
        }
      }
    }
    aged.sort(Comparator.comparing(Aged::time).reversed().thenComparing(a -> a.version().text()));
    return aged.stream().map(Aged::version).toList();
  }

  /** Removes all but the newest {@code keep}; never what is current or previous. */
  List<Version> prune(int keep) throws IOException {
    Position position = position();
    List<Version> removed = new ArrayList<>();
    List<Version> spare = new ArrayList<>(all());
    position.current().ifPresent(spare::remove);
    position.previous().ifPresent(spare::remove);
    int kept =
        (int)
            Stream.of(position.current(), position.previous())
                .flatMap(Optional::stream)
                .distinct()
                .count();
    for (Version version :
        spare.subList(Math.min(Math.max(keep - kept, 0), spare.size()), spare.size())) {
      Trees.remove(directory(version));
      removed.add(version);
    }
    return removed;
  }

  /** Removes what an interrupted deploy left. */
  void removeUnfinished() throws IOException {
    Path releases = root.resolve("releases");
    if (!Files.isDirectory(releases)) {
      return;
    }
    try (Stream<Path> entries = Files.list(releases)) {
      for (Path entry : entries.toList()) {
        if (String.valueOf(entry.getFileName()).startsWith(UNFINISHED)) {
          Trees.remove(entry);
        }
      }
    }
  }

  private static Optional<Version> leadsTo(Path link) throws IOException {
    try {
      return Optional.ofNullable(Files.readSymbolicLink(link).getFileName())
          .map(Path::toString)
          .filter(Version::isValid)
          .map(Version::new);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (NotLinkException e) {
      throw new IOException(
          link + " is not a link created by the agent. Move it away, then deploy again.", e);
    }
  }

  private void link(String name, Optional<Version> version) throws IOException {
    Path link = root.resolve(name);
    if (version.isEmpty()) {
      Files.deleteIfExists(link);
      return;
    }
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
      throw new IOException(
          link + " is not a link created by the agent. Move it away, then deploy again.");
    }
    Path next = root.resolve("." + name + ".next");
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, Path.of("releases", version.get().text()));
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
