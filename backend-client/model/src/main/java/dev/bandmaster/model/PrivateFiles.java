package dev.bandmaster.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders for their owner only: 0600 in 0700, whatever the umask of the process is. On
 * file systems without such rights they are made as usual. Any thread.
 */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /**
   * Makes a folder, and those above it, private where they are missing; others stay as they are.
   */
  public static Path folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, attributes(folder, FOLDER));
    }
    return folder;
  }

  /** Makes a folder that is ours alone: private when it is new, and narrowed when it is not. */
  public static Path ownFolder(Path folder) throws IOException {
    narrow(folder(folder), FOLDER);
    return folder;
  }

  /** Makes an empty private file, or takes from an existing one the rights of all but its owner. */
  public static Path file(Path file) throws IOException {
    try {
      Files.createFile(file, attributes(file, FILE));
    } catch (FileAlreadyExistsException e) {
      narrow(file, FILE);
    }
    return file;
  }

  /** Whether somebody else than the owner and the group may read or change a file. */
  public static boolean isOpenToOthers(Path file) throws IOException {
    if (!isPosix(file)) {
      return false;
    }
    Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
    return granted.contains(PosixFilePermission.OTHERS_READ)
        || granted.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static void narrow(Path path, Set<PosixFilePermission> most) throws IOException {
    if (isPosix(path) && !most.containsAll(Files.getPosixFilePermissions(path))) {
      Files.setPosixFilePermissions(path, most);
    }
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
