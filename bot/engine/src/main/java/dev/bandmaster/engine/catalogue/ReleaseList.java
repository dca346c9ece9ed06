package dev.bandmaster.engine.catalogue;

import dev.bandmaster.model.HostCredentials;
import java.net.URI;
import java.util.Optional;

/**
 * Where the releases of an application are listed.
 *
 * @param server its address, without a slash at the end
 * @param name the repository or project there; of an S3-compatible store the bucket
 * @param template what a release is called there, with {@code {version}}, {@code {app}} and {@code
 *     {env}}
 * @param auth what the server is given, if it asks for something
 */
public record ReleaseList(
    Kind kind, URI server, String name, String template, Optional<HostCredentials> auth) {

  /** What sort of server lists releases. */
  public enum Kind {
    GITHUB,
    GITLAB,
    S3,
    OCI
  }

  private static final String HOLE = "{version}";

  /** What all names of releases begin with. */
  String prefix(String application, String environment) {
    String filled = filled(application, environment);
    return filled.substring(0, filled.indexOf(HOLE));
  }

  /** The version that a name stands for; empty if it is no release's. */
  Optional<String> version(String found, String application, String environment) {
    String filled = filled(application, environment);
    String before = prefix(application, environment);
    String after = filled.substring(before.length() + HOLE.length());
    return found.length() > before.length() + after.length()
            && found.startsWith(before)
            && found.endsWith(after)
        ? Optional.of(found.substring(before.length(), found.length() - after.length()))
        : Optional.empty();
  }

  /** What a version is called there. */
  String name(String version, String application, String environment) {
    return filled(application, environment).replace(HOLE, version);
  }

  private String filled(String application, String environment) {
    return template.replace("{app}", application).replace("{env}", environment);
  }
}
