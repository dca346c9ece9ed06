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

    /**
     * A file with a very long name, as POSIX says it. The library that writes archives takes
     * minutes for such a name, so its header is written as the content of an entry.
     */
    public Tar longName(int length) throws IOException {
      String record = " path=" + "n".repeat(length) + "\n";
      int digits = Integer.toString(record.length()).length();
      return header(
          "PaxHeaders.X/long",
          TarConstants.LF_PAX_EXTENDED_HEADER_LC,
          (record.length() + digits) + record);
    }

    /** The same as GNU tar writes it. */
    public Tar gnuLongName(int length) throws IOException {
      return header(
          TarConstants.GNU_LONGLINK, TarConstants.LF_GNUTYPE_LONGNAME, "n".repeat(length) + "\0");
    }

    private Tar header(String name, byte kind, String content) throws IOException {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry(name, kind);
      entry.setSize(bytes.length);
      out.putArchiveEntry(entry);
      out.write(bytes);
      out.closeArchiveEntry();
      return file("short", 0644, "x");
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
