package dev.bandmaster.config;

import dev.bandmaster.model.Glob;
import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.model.WebAddress;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An app that commands may name, and where its releases are.
 *
 * @param envs where it runs; empty means everywhere
 * @param versions what a version may look like
 * @param artifact address of a release, with {@code {app}}, {@code {env}} and {@code {version}}
 * @param checksum how the release is checked before anything is unpacked
 * @param page address where people read what is in a version, with the same placeholders
 * @param artifactAuth what the server with the checksums is given, if it asks for something
 */
public record AppConfig(
    String description,
    List<String> envs,
    List<Glob> versions,
    String artifact,
    ChecksumSource checksum,
    Optional<String> page,
    Optional<HostCredentials> artifactAuth) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?!(?:app|env|version)})[^}]*}?");

  /** Addresses are shown, stored and sent to agents; what is secret does not belong there. */
  static final String NO_CREDENTIALS =
      "must not hold a user, a password or a token; put them into artifact_auth";

  public AppConfig {
    envs = List.copyOf(envs);
    versions = List.copyOf(versions);
  }

  static AppConfig read(Section section) {
    return new AppConfig(
        section
            .text("description", "Description, shown by `where`; at most 200 characters.")
            .where(text -> text.length() <= 200, "must have at most 200 characters")
            .orDefault(""),
        section
            .list("envs", Kinds.name(), "Environments it runs in; without this key, all.")
            .orDefault(List.of()),
        section
            .list("versions", Kinds.glob(), "Patterns for valid versions.")
            .orDefault(List.of(new Glob("*"))),
        section
            .text(
                "artifact",
                "URL of the release archive (`https://…` or `file:///…`), a `.tar.gz` that "
                    + "agents can reach; `{app}`, `{env}` and `{version}` are replaced.")
            .where(
                template -> !PLACEHOLDER.matcher(template).find(),
                "may contain the placeholders {app}, {env} and {version}, and no others")
            .where(
                template -> template.matches("(https?|file)://.+"),
                "must begin with https://, http:// or file://")
            .where(template -> !WebAddress.holdsCredentials(template), NO_CREDENTIALS)
            .required(),
        ChecksumSource.read(section),
        section
            .text(
                "page",
                "URL of a page that describes a version (`https://…`), with the same "
                    + "placeholders as `artifact`. Approval requests link to it.")
            .where(
                template -> !PLACEHOLDER.matcher(template).find(),
                "may contain the placeholders {app}, {env} and {version}, and no others")
            .where(
                template -> template.matches("https?://.+"), "must begin with https:// or http://")
            .where(template -> !WebAddress.holdsCredentials(template), NO_CREDENTIALS)
            .optional(),
        ArtifactAuth.field(section).optional());
  }
}
