package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.store.PluginVersions;
import dev.bandmaster.model.Names;
import dev.bandmaster.plugin.PluginApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plugin's jar as its manifest describes it. The bot never loads classes from the file that an
 * operator may replace, but from a private copy, which is kept until no job needs it.
 *
 * @param name the plugin's name
 * @param number the plugin's own version
 * @param sha256 of the file
 * @param copy the private copy
 */
record PluginJar(String name, String number, String sha256, Path copy) {

  /** A plugin with its libraries is far smaller; what is larger is not read. */
  static final long LARGEST = 64L * 1024 * 1024;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private static final Pattern API = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

  /** Whether this may be the name of a plugin. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  PluginVersions.Version version() {
    return new PluginVersions.Version(name, sha256);
  }

  /**
   * Copies a jar and reads what it says of itself.
   *
   * @param versions folder of the private copies
   * @throws BadPluginException if it is no plugin for this version of the API
   */
  static PluginJar keep(Path source, Path versions) throws BadPluginException {
    Path file = source.getFileName();
    refuseIfOpen(source);
    try {
      createPrivate(versions);
      Path temporary = Files.createTempFile(versions, "new-", ".part");
      try {
        String sha256 = copy(source, temporary);
        Path copy = versions.resolve(sha256 + ".jar");
        PluginJar jar = read(temporary, sha256, String.valueOf(file));
        Files.move(temporary, copy, StandardCopyOption.REPLACE_EXISTING);
        return new PluginJar(jar.name(), jar.number(), sha256, copy);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new BadPluginException(
          "%s cannot be read: %s. Copy the jar again.".formatted(file, e.getMessage()));
    }
  }

  /** A copy that was kept over a restart; empty if it is not there or damaged. */
  static Optional<PluginJar> kept(PluginVersions.Version version, Path versions) {
    Path copy = versions.resolve(version.sha256() + ".jar");
    if (!Files.isRegularFile(copy)) {
      return Optional.empty();
    }
    try {
      if (!hash(copy).equals(version.sha256())) {
        return Optional.empty();
      }
      return Optional.of(read(copy, version.sha256(), copy.toString()))
          .filter(jar -> jar.name().equals(version.plugin()));
    } catch (IOException | BadPluginException e) {
      return Optional.empty();
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** What others may write, others decide what the bot runs. */
  private static void refuseIfOpen(Path source) throws BadPluginException {
    try {
      for (Path path : new Path[] {source, source.toAbsolutePath().getParent()}) {
        if (path != null
            && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
          throw new BadPluginException(
              "Everyone may write to %s, so no code is loaded from there. Run: chmod o-w %s"
                  .formatted(path, path));
        }
      }
    } catch (IOException | UnsupportedOperationException e) {
      throw new BadPluginException("%s cannot be read: %s".formatted(source, e.getMessage()));
    }
  }

  private static String copy(Path source, Path target) throws IOException, BadPluginException {
    try (InputStream in = Files.newInputStream(source);
        DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest())) {
      pour(in, out, String.valueOf(source.getFileName()));
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }
  }

  private static String hash(Path file) throws IOException, BadPluginException {
    try (InputStream in = Files.newInputStream(file);
        DigestOutputStream out =
            new DigestOutputStream(OutputStream.nullOutputStream(), digest())) {
      pour(in, out, String.valueOf(file.getFileName()));
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }
  }

  private static void pour(InputStream in, OutputStream out, String name)
      throws IOException, BadPluginException {
    byte[] buffer = new byte[64 * 1024];
    long all = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      all += n;
      if (all > LARGEST) {
        throw new BadPluginException(
            "%s is larger than %d MiB.".formatted(name, LARGEST / 1024 / 1024));
      }
      out.write(buffer, 0, n);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static PluginJar read(Path jar, String sha256, String shown)
      throws IOException, BadPluginException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      Manifest manifest = file.getManifest();
      if (manifest == null) {
        throw new BadPluginException(shown + " has no manifest, so it is no plugin.");
      }
      Attributes said = manifest.getMainAttributes();
      String name = said.getValue(PluginApi.NAME_ATTRIBUTE);
      String number = said.getValue(PluginApi.VERSION_ATTRIBUTE);
      String api = said.getValue(PluginApi.API_ATTRIBUTE);
      if (name == null || number == null || api == null) {
        throw new BadPluginException(
            "The manifest of %s lacks %s, %s or %s, so it is no plugin."
                .formatted(
                    shown,
                    PluginApi.NAME_ATTRIBUTE,
                    PluginApi.VERSION_ATTRIBUTE,
                    PluginApi.API_ATTRIBUTE));
      }
      if (!isName(name) || !Names.isName(number)) {
        throw new BadPluginException(
            "The manifest of %s has a bad name or version. A plugin's name has lower case letters,"
                    .formatted(shown)
                + " digits and dashes, at most 32.");
      }
      if (!fits(api)) {
        throw new BadPluginException(
            "The plugin %s was built for version %s of the plugin API; this bot has %s."
                    .formatted(name, shortened(api), PluginApi.VERSION)
                + " Build it against this version.");
      }
      return new PluginJar(name, number, sha256, jar);
    } catch (SecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "…";
  }

  /** Whether a plugin for this version of the API runs on ours. */
  static boolean fits(String api) {
    Matcher wanted = API.matcher(api);
    Matcher ours = API.matcher(PluginApi.VERSION);
    return wanted.matches()
        && ours.matches()
        && wanted.group(1).equals(ours.group(1))
        && Integer.parseInt(wanted.group(2)) <= Integer.parseInt(ours.group(2));
  }
}
