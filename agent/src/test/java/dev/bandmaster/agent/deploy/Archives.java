package dev.bandmaster.agent.deploy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Writes archives for tests, the wicked ones included, since entries are written as given. */
public final class Archives {

  private Archives() {}

  /** What goes into a tar. */
  public static final class Tar implements AutoCloseable {
    private final TarArchiveOutputStream out;

    public Tar(Path file) throws IOException {
      OutputStream stream = new GzipCompressorOutputStream(Files.newOutputStream(file));
      out = new TarArchiveOutputStream(stream, StandardCharsets.UTF_8.name());
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    public Tar file(String name, int mode, String content) throws IOException {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(bytes.length);
      entry.setMode(mode);
      out.putArchiveEntry(entry);
      out.write(bytes);
      out.closeArchiveEntry();
      return this;
    }

    /** Writes long names as GNU tar does. */
    public Tar gnu() {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      return this;
    }

    public Tar directory(String name, int mode) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setMode(mode);
      out.putArchiveEntry(entry);
      out.closeArchiveEntry();
      return this;
    }

    public Tar symbolicLink(String name, String target) throws IOException {
      return link(name, target, TarConstants.LF_SYMLINK);
    }

    public Tar hardLink(String name, String target) throws IOException {
      return link(name, target, TarConstants.LF_LINK);
    }

    public Tar pipe(String name) throws IOException {
      return link(name, "", TarConstants.LF_FIFO);
    }

    private Tar link(String name, String target, byte kind) throws IOException {
      TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
      entry.setLinkName(target);
      out.putArchiveEntry(entry);
      out.closeArchiveEntry();
      return this;
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** A zip with one file. */
  public static void zip(Path file, String name, int mode, String content) throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      ZipArchiveEntry entry = new ZipArchiveEntry(name);
      entry.setUnixMode(mode);
      out.putArchiveEntry(entry);
      out.write(content.getBytes(StandardCharsets.UTF_8));
      out.closeArchiveEntry();
    }
  }

  /** A zip with many empty files. */
  public static void zip(Path file, String name, int mode, int files, int nameLength)
      throws IOException {
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
      for (int each = 0; each < files; each++) {
        String number = Integer.toString(each);
        ZipArchiveEntry entry =
            new ZipArchiveEntry(name + number + "n".repeat(nameLength - number.length()));
        entry.setUnixMode(mode);
        out.putArchiveEntry(entry);
        out.closeArchiveEntry();
      }
    }
  }

  /** The SHA-256 of a file in hexadecimal. */
  public static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
