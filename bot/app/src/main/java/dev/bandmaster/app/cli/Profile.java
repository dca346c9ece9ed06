package dev.bandmaster.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which bot is called, and with which token. Kept in a file that only its owner can read, or given
 * by {@code BANDMASTER_URL} and {@code BANDMASTER_TOKEN}, as in continuous integration.
 *
 * @param url the bot's address without path
 */
record Profile(URI url, String token) {

  static final String STANDARD = "default";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  @Override
  public String toString() {
    return "profile of " + url;
  }

  /** Where profiles are kept. */
  static Path folder(Map<String, String> environment) {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base =
        config.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "."), ".config")
            : Path.of(config);
    return base.resolve("bandmaster");
  }

  private static Path file(String name, Map<String, String> environment) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw CliException.refused(
          "A profile's name has letters, digits, dots, hyphens and underscores only.");
    }
    return folder(environment).resolve(name + ".json");
  }

  /** The one to use. */
  static Profile load(String name, Map<String, String> environment) {
    String url = environment.getOrDefault("BANDMASTER_URL", "");
    String token = environment.getOrDefault("BANDMASTER_TOKEN", "");
    if (!url.isEmpty() && !token.isEmpty()) {
      return new Profile(address(url, false), token);
    }
    Path file = file(name, environment);
    if (!Files.exists(file)) {
      throw CliException.refused(
          "You are not logged in. Run 'bandmaster login', or set BANDMASTER_URL and BANDMASTER_TOKEN.");
    }
    try {
      if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw CliException.refused(
            "Others can read %s, which holds your token. Run 'chmod 600 %s', or log in again."
                .formatted(file, file));
      }
      JsonNode kept = JSON.readTree(Files.readString(file));
      return new Profile(
          address(kept.path("url").asText(), kept.path("allow_http").asBoolean()),
          kept.path("token").asText());
    } catch (IOException e) {
      throw CliException.failed("Cannot read %s: %s".formatted(file, e.getMessage()));
    }
  }

  /** Keeps it; the file is complete and private from its first byte on. */
  Path store(String name, boolean allowHttp, Map<String, String> environment) {
    Path file = file(name, environment);
    try {
      Files.createDirectories(
          file.getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path temporary =
          Files.createTempFile(
              file.getParent(),
              name,
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(
          temporary,
          JSON.createObjectNode()
                  .put("url", url.toString())
                  .put("token", token)
                  .put("allow_http", allowHttp)
              + "\n");
      return Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CliException.failed("Cannot write %s: %s".formatted(file, e.getMessage()));
    }
  }

  /**
   * An address as a person writes it.
   *
   * @param allowHttp whether a token may go unencrypted to another machine
   */
  static URI address(String text, boolean allowHttp) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw CliException.refused("That is no address: write it as https://bandmaster.example.com.");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (host.isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
      throw CliException.refused("That is no address: write it as https://bandmaster.example.com.");
    }
    boolean here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    if (scheme.equals("http") && !here && !allowHttp) {
      throw CliException.refused(
          "Your token would go to %s unencrypted. Use https, or log in with --allow-http."
              .formatted(host));
    }
    return URI.create(scheme + "://" + uri.getRawAuthority());
  }
}
