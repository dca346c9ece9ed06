package dev.bandmaster.engine.catalogue;

import dev.bandmaster.plugin.PlanningContext.Release;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Looks up releases: their checksums, and where they lie in a folder their versions. */
final class Releases {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** A checksum file is one line; whatever is longer is something else. */
  private static final long LONGEST_CHECKSUM_FILE = 4096;

  private final OkHttpClient http =
      new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(5)).build();

  Release find(Application app, String environment, String application, String version) {
    String url = app.artifact(application, environment, version);
    return switch (app.checksum()) {
      case ChecksumSource.Listed listed ->
          Optional.ofNullable(listed.byVersion().get(version))
              .<Release>map(sha256 -> new Release.Found(url, sha256))
              .orElseGet(() -> missing(app, environment, application, version));
      case ChecksumSource.Beside(String template) ->
          beside(url, app.fill(template, application, environment, version))
              .orElseGet(() -> missing(app, environment, application, version));
    };
  }

  private Release.Missing missing(
      Application app, String environment, String application, String version) {
    List<String> known = list(app, environment, application);
    return new Release.Missing(
        "There is no release %s of %s for %s.%s"
            .formatted(
                version,
                application,
                environment,
                known.isEmpty()
                    ? ""
                    : " There are: "
                        + String.join(", ", known.subList(0, Math.min(5, known.size())))
                        + "."));
  }

  private Optional<Release> beside(String url, String checksumUrl) {
    return read(checksumUrl)
        .map(text -> text.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT))
        .filter(word -> SHA256.matcher(word).matches())
        .map(sha256 -> new Release.Found(url, sha256));
  }

  private Optional<String> read(String url) {
    URI address = URI.create(url);
    try {
      if (address.getScheme().equals("file")) {
        Path file = Path.of(address);
        return Files.isRegularFile(file) && Files.size(file) <= LONGEST_CHECKSUM_FILE
            ? Optional.of(Files.readString(file))
            : Optional.empty();
      }
      try (Response response = http.newCall(new Request.Builder().url(url).build()).execute()) {
        return response.isSuccessful()
            ? Optional.of(
                new String(
                    response.peekBody(LONGEST_CHECKSUM_FILE).bytes(), StandardCharsets.UTF_8))
            : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  List<String> list(Application app, String environment, String application) {
    return switch (app.checksum()) {
      case ChecksumSource.Listed listed ->
          listed.byVersion().keySet().stream().sorted(Versions.NEWEST_FIRST).toList();
      case ChecksumSource.Beside _ -> inFolder(app, environment, application);
    };
  }

  /** The files in the artifact's folder whose names fit the template. */
  private static List<String> inFolder(Application app, String environment, String application) {
    String template = app.artifact().replace("{app}", application).replace("{env}", environment);
    int hole = template.indexOf("{version}");
    int slash = template.lastIndexOf('/');
    if (!template.startsWith("file:") || hole < slash) {
      return List.of();
    }
    String before = template.substring(slash + 1, hole);
    String after = template.substring(hole + "{version}".length());
    Path folder = Path.of(URI.create(template.substring(0, slash)));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(before) && name.endsWith(after))
          .filter(name -> name.length() > before.length() + after.length())
          .map(name -> name.substring(before.length(), name.length() - after.length()))
          .filter(app::accepts)
          .sorted(Versions.NEWEST_FIRST)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
