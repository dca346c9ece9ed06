package dev.bandmaster.agent.deploy;

import dev.bandmaster.model.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes what an archive holds into one directory and nowhere else. Names that are absolute or
 * climb out, entries that pass through a link, links that leave the directory, entries that come
 * twice and special files are refused, and so is more than the limits allow.
 */
final class SafeTree {

  private static final int BUFFER = 64 * 1024;

  private final Path root;
  private final UnpackLimits limits;
  private final List<Path> links = new ArrayList<>();
  private final Map<Path, Integer> directories = new LinkedHashMap<>();
  private long bytes;
  private int entries;

  SafeTree(Path root, UnpackLimits limits) {
    this.root = root.toAbsolutePath().normalize();
    this.limits = limits;
  }

  /**
   * Makes a directory if it does not exist. It gets the permissions of {@code mode} when all is
   * written, without write for anybody but the owner, who keeps every right.
   */
  void directory(String name, int mode) throws IOException {
    Path place = place(name);
    if (!place.equals(root)) {
      parents(place, name);
      Files.createDirectories(place);
    }
    directories.put(place, mode | 0700);
  }

  /**
   * Writes a file with the permissions of {@code mode}, without write for anybody but the owner and
   * without set-user-id and its kin. It is never more open than that, also while it is written.
   */
  void file(String name, int mode, InputStream content) throws IOException {
    Path place = PrivateFiles.file(fresh(name));
    try (OutputStream out = Files.newOutputStream(place, StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        bytes += read;
        if (bytes > limits.bytes()) {
          throw new UnsafeArchiveException(
              "The archive contains more than " + limits.bytes() + " bytes when unpacked.");
        }
        out.write(buffer, 0, read);
      }
    }
    Files.setPosixFilePermissions(place, permissions(mode));
  }

  /** Makes a symbolic link to something inside the directory. */
  void symbolicLink(String name, String target) throws IOException {
    Path place = fresh(name);
    Path to = path(target, name);
    if (to.isAbsolute() || !parent(place).resolve(to).normalize().startsWith(root)) {
      throw leaves(name, target);
    }
    Files.createSymbolicLink(place, to);
    links.add(place);
  }

  /** Makes a second name of a file that was written before. */
  void hardLink(String name, String target) throws IOException {
    Path place = fresh(name);
    Path to = place(target);
    parents(to, target);
    if (!Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
      throw leaves(name, target);
    }
    Files.createLink(place, to);
  }

  /** Checks links and gives directories their permissions, when all is written. */
  void finish() throws IOException {
    checkLinks();
    directories.putIfAbsent(root, 0755);
    for (Map.Entry<Path, Integer> directory : directories.entrySet()) {
      Files.setPosixFilePermissions(directory.getKey(), permissions(directory.getValue()));
    }
  }

  /**
   * Looks at every link again when all is written: links that are harmless one by one can lead out
   * together. A link to nothing is borne unless it climbs.
   */
  private void checkLinks() throws IOException {
    Path real = root.toRealPath();
    for (Path link : links) {
      Path target = Files.readSymbolicLink(link);
      boolean inside =
          Files.exists(link)
              ? link.toRealPath().startsWith(real)
              : !target.normalize().startsWith("..") && !target.toString().contains("..");
      if (!inside) {
        throw leaves(root.relativize(link).toString(), target.toString());
      }
    }
  }

  private Path fresh(String name) throws IOException {
    Path place = place(name);
    if (place.equals(root) || Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new UnsafeArchiveException("The archive contains " + name + " twice.");
    }
    parents(place, name);
    Files.createDirectories(parent(place));
    return place;
  }

  private Path place(String name) throws IOException {
    if (++entries > limits.entries()) {
      throw new UnsafeArchiveException(
          "The archive contains more than " + limits.entries() + " entries.");
    }
    Path path = path(name, name);
    Path place = root.resolve(path).normalize();
    if (path.isAbsolute() || !place.startsWith(root) || climbs(path)) {
      throw new UnsafeArchiveException(
          "The archive contains the name " + name + ", which points outside the release.");
    }
    return place;
  }

  private static boolean climbs(Path path) {
    for (Path word : path) {
      if (word.toString().equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static Path path(String text, String name) throws IOException {
    try {
      return Path.of(text);
    } catch (InvalidPathException _) {
      throw new UnsafeArchiveException("The archive holds an unreadable name: " + name.strip());
    }
  }

  private void parents(Path place, String name) throws IOException {
    for (Path above = parent(place); !above.equals(root); above = parent(above)) {
      if (Files.isSymbolicLink(above)) {
        throw new UnsafeArchiveException("The archive writes " + name + " through a link.");
      }
    }
  }

  private static Path parent(Path place) {
    Path parent = place.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("A release cannot be the root directory.");
    }
    return parent;
  }

  private static UnsafeArchiveException leaves(String name, String target) {
    return new UnsafeArchiveException(
        "The archive's link " + name + " points to " + target + ", outside the release.");
  }

  /** What the mode grants, but write for group and others. */
  private static Set<PosixFilePermission> permissions(int mode) {
    PosixFilePermission[] bits = PosixFilePermission.values();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < bits.length; bit++) {
      if ((mode & 0755 & (0400 >> bit)) != 0) {
        permissions.add(bits[bit]);
      }
    }
    return permissions;
  }
}
