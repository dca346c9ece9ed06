package dev.bandmaster.benchmark.chaos;

import java.io.BufferedOutputStream;
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
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Releases to deploy. All are the same archive; what differs is their version. */
final class Artifacts {
  private final Path folder;
  private final Path archive;
  private final String sha256;

  Artifacts(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    archive = folder.resolve("any.tar.gz");
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream gzip = new GzipCompressorOutputStream(new BufferedOutputStream(file));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
      byte[] content = "nothing\n".getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("content");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    try {
      sha256 =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(archive)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The address under which the bot looks for releases. */
  String address() {
    return folder.toUri().toString().replaceAll("/$", "");
  }

  /** Makes a version that can be deployed from now on. */
  void release(String application, String version) throws IOException {
    Path release = folder.resolve("%s-%s.tar.gz".formatted(application, version));
    Files.createLink(release, archive);
    Files.writeString(Path.of(release + ".sha256"), sha256 + "  " + release.getFileName() + "\n");
  }
}
