package dev.bandmaster.config;

import dev.bandmaster.model.Glob;
import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.model.WebAddress;
import dev.bandmaster.yaml.Field;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An app that commands may name, and where its releases are.
 *
 * @param envs where it runs; empty means everywhere
 * @param versions what a version may look like
 * @param artifact address of a release, with {@code {app}}, {@code {env}} and {@code {version}};
 *     empty for what has no releases
 * @param checksum how the release is checked before anything is unpacked
 * @param page address where people read what is in a version, with the same placeholders
 * @param tags by which a bootstrapper knows a version, with the same placeholders
 * @param changes address where people read what lies between two versions, with {@code {from}} and
 *     {@code {to}}
 * @param artifactAuth what the server with the checksums is given, if it asks for something
 * @param releases where its releases are listed, if a server does that
 */
public record AppConfig(
    String description,
    List<String> envs,
    List<Glob> versions,
    String artifact,
    ChecksumSource checksum,
    Optional<String> page,
    Optional<String> tags,
    Optional<String> changes,
    Optional<HostCredentials> artifactAuth,
    Optional<ReleaseListConfig> releases) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?!(?:app|env|version)})[^}]*}?");

  private static final Pattern COMPARISON = Pattern.compile("\\{(?!(?:app|env|from|to)})[^}]*}?");

  /** Addresses are shown, stored and sent to agents; what is secret does not belong there. */
  static final String NO_CREDENTIALS =
      "must not hold a user, a password or a token; put them into artifact_auth";

  public AppConfig {
    envs = List.copyOf(envs);
    versions = List.copyOf(versions);
  }

  /** Reads a systemd unit: it is controlled like an app, and has no releases. */
  static AppConfig readUnit(Section section) {
    return new AppConfig(
        description(section),
        envs(section),
        List.of(),
        "",
        new ChecksumSource.Listed(Map.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static String description(Section section) {
    return section
        .text("description", "Description, shown by `where`; at most 200 characters.")
        .where(text -> text.length() <= 200, "must have at most 200 characters")
        .orDefault("");
  }

  private static List<String> envs(Section section) {
    return section
        .list("envs", Kinds.name(), "Environments it runs in; without this key, all.")
        .orDefault(List.of());
  }

  static AppConfig read(Section section) {
    Optional<ReleaseListConfig> releases =
        section
            .section(
                "releases",
                ReleaseListConfig::read,
                "Where its releases are listed, for `versions`, `latest` and suggestions of "
                    + "versions; see [releases](../how-to/releases.md).")
            .optional();
    boolean registry =
        releases.filter(list -> list.kind() == ReleaseListConfig.Kind.OCI).isPresent();
    boolean tagged = (registry || section.has("tags")) && !section.has("artifact");
    return new AppConfig(
        description(section),
        envs(section),
        section
            .list("versions", Kinds.glob(), "Patterns for valid versions.")
            .orDefault(List.of(new Glob("*"))),
        artifact(section, tagged),
        tagged ? ChecksumSource.none(section) : ChecksumSource.read(section),
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
        section
            .text(
                "tags",
                "By what a bootstrapper knows a version, such as `{app},{version}`, with the same "
                    + "placeholders as `artifact`. Needed in environments with a `backend`; an app "
                    + "that runs only there has no `artifact`.")
            .where(
                template -> !PLACEHOLDER.matcher(template).find(),
                "may contain the placeholders {app}, {env} and {version}, and no others")
            .where(
                template -> template.matches("[A-Za-z0-9._:{},-]+"),
                "may contain letters, digits, commas and . _ : - besides placeholders")
            .optional(),
        section
            .text(
                "changes",
                "URL of a page that shows what lies between two versions (`https://…`); `{app}`, "
                    + "`{env}`, `{from}` and `{to}` are replaced. `changes` and approval requests "
                    + "link to it.")
            .where(
                template -> !COMPARISON.matcher(template).find(),
                "may contain the placeholders {app}, {env}, {from} and {to}, and no others")
            .where(
                template -> template.matches("https?://.+"), "must begin with https:// or http://")
            .where(template -> !WebAddress.holdsCredentials(template), NO_CREDENTIALS)
            .optional(),
        ArtifactAuth.field(section).optional(),
        releases);
  }

  private static String artifact(Section section, boolean tagged) {
    Field<String> field =
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
            .where(template -> !WebAddress.holdsCredentials(template), NO_CREDENTIALS);
    return tagged ? field.orDefault("") : field.required();
  }
}
