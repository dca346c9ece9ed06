package dev.bandmaster.agent.deploy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks a gzipped tar or a zip, recognized by its first bytes. */
final class Unpacker {

  /** Longest target of a link in a zip, where it is a file's content: what Linux allows a path. */
  private static final int LONGEST_LINK = 4096;

  /** Headers of a tar's entry with names and times, and the padding of the entry before. */
  private static final int LONGEST_HEADER = 64 * 1024;

  /** Bytes of a zip's list of entries: 200,000 entries with names of 60 characters. */
  private static final int LONGEST_LIST = 24 * 1024 * 1024;

  private final UnpackLimits limits;

  Unpacker(UnpackLimits limits) {
    this.limits = limits;
  }

  /**
   * Unpacks into a directory that exists and is empty.
   *
   * @throws UnsafeArchiveException when the archive tries what no release does
   * @throws IOException when it cannot be read or written; what was written stays for the caller to
   *     remove
   */
  void unpack(Path archive, Path directory) throws IOException {
    UnpackLimits bounds = limits.of(Files.size(archive));
    SafeTree tree = new SafeTree(directory, bounds);
    switch (kind(archive)) {
      case TAR_GZ -> unpackTar(archive, tree, bounds);
      case ZIP -> unpackZip(archive, tree);
      case UNKNOWN ->
          throw new UnsafeArchiveException(
              "The artifact is neither a gzipped tar (.tar.gz) nor a zip.");
    }
    tree.finish();
  }

  private enum Kind {
    TAR_GZ,
    ZIP,
    UNKNOWN
  }

  private static Kind kind(Path archive) throws IOException {
    try (InputStream stream = Files.newInputStream(archive)) {
      byte[] start = stream.readNBytes(2);
      if (start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
        return Kind.TAR_GZ;
      }
      return start.length == 2 && start[0] == 'P' && start[1] == 'K' ? Kind.ZIP : Kind.UNKNOWN;
    }
  }

  private static void unpackTar(Path archive, SafeTree tree, UnpackLimits bounds)
      throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        BoundedStream plain =
            new BoundedStream(
                GzipCompressorInputStream.builder()
                    .setInputStream(file)
                    .setDecompressConcatenated(true)
                    .get(),
                bounds.wholeTar());
        TarArchiveInputStream tar =
            new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = next(tar, plain); entry != null; entry = next(tar, plain)) {
        if (entry.isDirectory()) {
          tree.directory(entry.getName(), entry.getMode());
        } else if (entry.isSymbolicLink()) {
          tree.symbolicLink(entry.getName(), entry.getLinkName());
        } else if (entry.isLink()) {
          tree.hardLink(entry.getName(), entry.getLinkName());
        } else if (isPlain(entry)) {
          tree.file(entry.getName(), entry.getMode(), tar);
        } else if (entry.isSparse()) {
          throw new UnsafeArchiveException(
              "The archive's entry %s is a sparse file, as `tar -S` makes them. Pack it without -S."
                  .formatted(entry.getName()));
        } else {
          throw special(entry.getName());
        }
      }
    }
  }

  /** Reads the list of entries; the library wraps what the channel throws. */
  private static ZipFile list(BoundedChannel channel) throws IOException {
    try {
      return ZipFile.builder().setSeekableByteChannel(channel).setIgnoreLocalFileHeader(true).get();
    } catch (IOException e) {
      throw e.getCause() instanceof UnsafeArchiveException unsafe ? unsafe : e;
    }
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, BoundedStream plain)
      throws IOException {
    plain.header(LONGEST_HEADER);
    TarArchiveEntry entry = tar.getNextEntry();
    plain.content();
    return entry;
  }

  /** The library calls everything a file that is neither directory nor link: pipes, devices too. */
  private static boolean isPlain(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isFIFO()
        && !entry.isBlockDevice()
        && !entry.isCharacterDevice()
        && !entry.isSparse();
  }

  private static void unpackZip(Path archive, SafeTree tree) throws IOException {
    try (BoundedChannel channel = new BoundedChannel(archive, LONGEST_LIST);
        ZipFile zip = list(channel)) {
      channel.content();
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        try (InputStream content = zip.getInputStream(entry)) {
          if (entry.isDirectory()) {
            tree.directory(entry.getName(), mode(entry, 0755));
          } else if (entry.isUnixSymlink()) {
            tree.symbolicLink(
                entry.getName(),
                new String(content.readNBytes(LONGEST_LINK), StandardCharsets.UTF_8));
          } else {
            tree.file(entry.getName(), mode(entry, 0644), content);
          }
        }
      }
    }
  }

  /** A zip made on a system without such rights says nothing of them. */
  private static int mode(ZipArchiveEntry entry, int usual) {
    return entry.getUnixMode() == 0 ? usual : entry.getUnixMode();
  }

  private static UnsafeArchiveException special(String name) {
    return new UnsafeArchiveException(
        "The archive's entry " + name + " is a device, a pipe or another special file.");
  }
}
