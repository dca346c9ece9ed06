package dev.bandmaster.demo;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Releases to deploy: small archives of shell scripts that do what an application's own would do.
 * Version {@value #BROKEN} of web is broken on purpose: its health check fails, so a deploy of it
 * goes back to what ran before.
 */
final class DemoReleases {

  static final String BROKEN = "1.5.0";

  private static final Map<String, List<String>> VERSIONS =
      Map.of(
          "web", List.of("1.4.1", "1.4.2", BROKEN),
          "api", List.of("2.0.0", "2.1.0"),
          "db", List.of("7.0.0"));

  /** What an agent writes into a release: where it came from. */
  private static final String ORIGIN = ".bandmaster-origin";

  private final Path folder;
  private final Duration step;

  /**
   * Releases in a folder.
   *
   * @param step how long each of their scripts takes, so that people can follow a deploy
   */
  DemoReleases(Path folder, Duration step) {
    this.folder = folder;
    this.step = step;
  }

  /** Packs all releases into the folder, each with its checksum beside it. */
  void pack() throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, List<String>> application : VERSIONS.entrySet()) {
      for (String version : application.getValue()) {
        Path archive = folder.resolve(application.getKey() + "-" + version + ".tar.gz");
        pack(archive, scripts(application.getKey(), version));
        Files.writeString(
            folder.resolve(archive.getFileName() + ".sha256"),
            sha256(archive) + "  " + archive.getFileName() + "\n");
      }
    }
  }

  /** Lays a release down as if it had been deployed some time ago, with its checksum. */
  void install(String application, Path directory) throws IOException {
    String version = VERSIONS.getOrDefault(application, List.of("1.0.0")).getFirst();
    Path release = directory.resolve("releases").resolve(version);
    for (Map.Entry<String, String> script : scripts(application, version).entrySet()) {
      Path file = release.resolve(script.getKey());
      Files.createDirectories(release.resolve("bin"));
      Files.writeString(file, "#!/bin/sh\n" + script.getValue() + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(
        release.resolve(ORIGIN),
        "sha256 " + sha256(folder.resolve(application + "-" + version + ".tar.gz")) + "\n");
    Files.createSymbolicLink(directory.resolve("current"), Path.of("releases", version));
  }

  private Map<String, String> scripts(String application, String version) {
    String health =
        application.equals("web") && version.equals(BROKEN)
            ? "echo \"web returns HTTP 500\"; exit 1"
            : "echo \"" + application + " " + version + " is healthy\"";
    Map<String, String> scripts = new LinkedHashMap<>();
    String wait =
        step.isZero() ? "" : "sleep %d.%03d; ".formatted(step.toSeconds(), step.toMillisPart());
    scripts.put("bin/check", wait + "echo \"" + application + " $1 is complete\"");
    scripts.put("bin/start", "echo started");
    scripts.put("bin/stop", "echo stopped");
    scripts.put("bin/restart", wait + "echo \"" + application + " " + version + " restarted\"");
    scripts.put("bin/health", wait + health);
    scripts.put("bin/migrate", wait + "echo \"schema is at $1\"");
    return scripts;
  }

  private static void pack(Path archive, Map<String, String> scripts) throws IOException {
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream gzip = new GzipCompressorOutputStream(new BufferedOutputStream(file));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
      for (Map.Entry<String, String> script : scripts.entrySet()) {
        byte[] content =
            ("#!/bin/sh\n" + script.getValue() + "\n").getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(script.getKey());
        entry.setSize(content.length);
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
