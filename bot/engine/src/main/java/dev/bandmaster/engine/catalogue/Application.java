package dev.bandmaster.engine.catalogue;

import dev.bandmaster.model.Glob;
import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.model.VersionName;
import java.util.List;
import java.util.Optional;

/**
 * An app that commands may name, and where its releases are.
 *
 * @param envs where it runs; empty means everywhere
 * @param versions what a version may look like
 * @param artifact address of a release, with {@code {app}}, {@code {env}} and {@code {version}};
 *     empty for an app that only services deploy
 * @param checksum how the release is checked before anything is unpacked
 * @param page address where people read what is in a version, with the same placeholders
 * @param description what it is, for people; may be empty
 * @param tags by which services know a release, with the same placeholders as {@code artifact}
 * @param changes address where people read what lies between two versions, with {@code {from}} and
 *     {@code {to}}
 * @param artifactAuth what the server with the checksums is given, if it asks for something
 * @param releases where its releases are listed, if a server does that
 */
public record Application(
    List<String> envs,
    List<Glob> versions,
    String artifact,
    ChecksumSource checksum,
    Optional<String> page,
    String description,
    Optional<String> tags,
    Optional<String> changes,
    Optional<HostCredentials> artifactAuth,
    Optional<ReleaseList> releases) {
  public Application {
    envs = List.copyOf(envs);
    versions = List.copyOf(versions);
  }

  /** An app whose releases no server lists. */
  public Application(
      List<String> envs,
      List<Glob> versions,
      String artifact,
      ChecksumSource checksum,
      Optional<String> page,
      String description,
      Optional<String> tags,
      Optional<String> changes,
      Optional<HostCredentials> artifactAuth) {
    this(
        envs,
        versions,
        artifact,
        checksum,
        page,
        description,
        tags,
        changes,
        artifactAuth,
        Optional.empty());
  }

  /** An app that agents deploy. */
  public Application(
      List<String> envs,
      List<Glob> versions,
      String artifact,
      ChecksumSource checksum,
      Optional<String> page,
      String description) {
    this(
        envs,
        versions,
        artifact,
        checksum,
        page,
        description,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** An app without a description. */
  public Application(
      List<String> envs,
      List<Glob> versions,
      String artifact,
      ChecksumSource checksum,
      Optional<String> page) {
    this(envs, versions, artifact, checksum, page, "");
  }

  /** Whether the app runs in this environment. */
  public boolean runsIn(String env) {
    return envs.isEmpty() || envs.contains(env);
  }

  /**
   * Whether this is a version that may be asked for: the name of one, so that it cannot leave the
   * folder its release is unpacked to, and one of the app's patterns.
   */
  public boolean accepts(String version) {
    return VersionName.isValid(version)
        && versions.stream().anyMatch(glob -> glob.matches(version));
  }

  /**
   * Where the release is.
   *
   * @throws IllegalArgumentException when the version is none that {@link #accepts}
   */
  public String artifact(String app, String env, String version) {
    return fill(artifact, app, env, version);
  }

  /**
   * Fills a template of this app.
   *
   * @throws IllegalArgumentException when the version is none that {@link #accepts}
   */
  public String fill(String template, String app, String env, String version) {
    if (!accepts(version)) {
      throw new IllegalArgumentException("no version of " + app + " looks like that");
    }
    return template.replace("{app}", app).replace("{env}", env).replace("{version}", version);
  }

  /** The version that these tags name, if they are those of this app. */
  Optional<TaggedRelease> tagged(String app, String env, String given) {
    if (given.equals(app)) {
      return Optional.of(new TaggedRelease(app, Optional.empty()));
    }
    String template = tags.orElse("{app},{version}").replace("{app}", app).replace("{env}", env);
    int at = template.indexOf("{version}");
    if (at < 0) {
      return given.equals(template)
          ? Optional.of(new TaggedRelease(app, Optional.empty()))
          : Optional.empty();
    }
    String before = template.substring(0, at);
    String after = template.substring(at).replaceFirst("\\{version}", "");
    int end = given.length() - after.length();
    if (end <= before.length()) {
      return Optional.empty();
    }
    String version = given.substring(before.length(), end);
    return accepts(version) && fill(tags.orElse("{app},{version}"), app, env, version).equals(given)
        ? Optional.of(new TaggedRelease(app, Optional.of(version)))
        : Optional.empty();
  }
}
