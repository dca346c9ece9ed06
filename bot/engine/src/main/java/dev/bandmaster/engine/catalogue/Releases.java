package dev.bandmaster.engine.catalogue;

import dev.bandmaster.plugin.PlanningContext.Release;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks up releases: their checksums, and where they lie in a folder their versions. */
final class Releases {

  private final ChecksumFile checksums = new ChecksumFile();
  private final ReleaseServer server;

  Releases(InstantSource clock) {
    this.server = new ReleaseServer(clock);
  }

  Release find(Application app, String environment, String application, String version) {
    Optional<ReleaseList> registry =
        app.releases().filter(list -> list.kind() == ReleaseList.Kind.OCI);
    if (registry.isPresent() && app.artifact().isEmpty()) {
      String tag = registry.get().name(version, application, environment);
      return switch (server.blob(registry.get(), tag)) {
        case ReleaseServer.Blob.Found(String url, String sha256) -> new Release.Found(url, sha256);
        case ReleaseServer.Blob.Nothing() -> missing(app, environment, application, version);
        case ReleaseServer.Blob.Failed(String reason) -> new Release.Missing(reason);
      };
    }
    String url = app.artifact(application, environment, version);
    return switch (app.checksum()) {
      case ChecksumSource.Listed listed ->
          Optional.ofNullable(listed.byVersion().get(version))
              .<Release>map(sha256 -> new Release.Found(url, sha256))
              .orElseGet(() -> missing(app, environment, application, version));
      case ChecksumSource.Beside(String template) ->
          switch (checksums.read(
              app.fill(template, application, environment, version), app.artifactAuth())) {
            case ChecksumFile.Answer.Found(String sha256) -> new Release.Found(url, sha256);
            case ChecksumFile.Answer.Nothing() -> missing(app, environment, application, version);
            case ChecksumFile.Answer.Failed(String reason) -> new Release.Missing(reason);
          };
    };
  }

  private Release.Missing missing(
      Application app, String environment, String application, String version) {
    Listing listing = list(app, environment, application);
    List<String> known = listing.versionsOrNone();
    if (listing instanceof Listing.Failed(String reason)) {
      return new Release.Missing(
          "There is no release %s of %s for %s. %s"
              .formatted(version, application, environment, reason));
    }
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

  /** Its versions, the newest first. */
  Listing list(Application app, String environment, String application) {
    if (app.releases().isPresent()) {
      return switch (server.list(app.releases().get(), environment, application)) {
        case Listing.Known(List<String> versions) ->
            new Listing.Known(
                versions.stream().filter(app::accepts).sorted(Versions.NEWEST_FIRST).toList());
        case Listing.Failed failed -> failed;
        case Listing.NotListed none -> none;
      };
    }
    return switch (app.checksum()) {
      case ChecksumSource.Listed listed ->
          listed.byVersion().isEmpty()
              ? new Listing.NotListed()
              : new Listing.Known(
                  listed.byVersion().keySet().stream().sorted(Versions.NEWEST_FIRST).toList());
      case ChecksumSource.Beside _ -> inFolder(app, environment, application);
    };
  }

  /** The files in the artifact's folder whose names fit the template. */
  private static Listing inFolder(Application app, String environment, String application) {
    String template = app.artifact().replace("{app}", application).replace("{env}", environment);
    int hole = template.indexOf("{version}");
    int slash = template.lastIndexOf('/');
    if (!template.startsWith("file:") || hole < slash) {
      return new Listing.NotListed();
    }
    String before = template.substring(slash + 1, hole);
    String after = template.substring(hole + "{version}".length());
    Path folder = Path.of(URI.create(template.substring(0, slash)));
    try (Stream<Path> files = Files.list(folder)) {
      return new Listing.Known(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith(before) && name.endsWith(after))
              .filter(name -> name.length() > before.length() + after.length())
              .map(name -> name.substring(before.length(), name.length() - after.length()))
              .filter(app::accepts)
              .sorted(Versions.NEWEST_FIRST)
              .toList());
    } catch (IOException e) {
      return new Listing.Failed("The folder %s cannot be read.".formatted(folder));
    }
  }
}
