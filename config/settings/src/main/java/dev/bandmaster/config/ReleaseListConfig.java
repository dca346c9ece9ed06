package dev.bandmaster.config;

import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.model.WebAddress;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.net.URI;
import java.util.Optional;

/**
 * Where the releases of an app are listed.
 *
 * @param kind what sort of server it is
 * @param server its address, without a slash at the end
 * @param name the repository or project there; of an S3-compatible store the bucket
 * @param template what a release is called there, with {@code {version}}, {@code {app}} and {@code
 *     {env}}
 * @param auth what the server is given, if it asks for something
 */
public record ReleaseListConfig(
    Kind kind, URI server, String name, String template, Optional<HostCredentials> auth) {

  /** What sort of server lists releases. */
  public enum Kind {
    GITHUB,
    GITLAB,
    S3,
    OCI
  }

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._/-]{0,199}";

  static ReleaseListConfig read(Section section) {
    section.exactlyOneOf("github", "gitlab", "s3", "oci");
    Optional<String> github = name(section, "github", "Repository on GitHub, as `owner/name`.");
    Optional<String> gitlab = name(section, "gitlab", "Project on GitLab, as `group/project`.");
    Optional<String> bucket = name(section, "s3", "Bucket of an S3-compatible store.");
    Optional<String> oci =
        name(
            section,
            "oci",
            "Repository of an OCI registry, such as `acme/web`; a release is an artifact with one "
                + "layer, a `.tar.gz`. Such an app needs neither `artifact` nor a checksum.");
    Optional<URI> server =
        section
            .field(
                "server",
                Kinds.uri("https", "http"),
                "Address of the server, such as `https://ghcr.io`. Required with `s3` and `oci`; "
                    + "otherwise that of github.com or gitlab.com.")
            .where(
                address ->
                    address.getHost() != null && !WebAddress.holdsCredentials(address.toString()),
                AppConfig.NO_CREDENTIALS)
            .optional();
    String template =
        section
            .text(
                "name",
                "What a release is called there, with `{version}`, `{app}` and `{env}`: the tag, or "
                    + "in a bucket the key, such as `{app}/{app}-{version}.tar.gz`.")
            .where(text -> text.indexOf("{version}") >= 0, "must contain the placeholder {version}")
            .orDefault("{version}");
    Optional<HostCredentials> auth = ArtifactAuth.field(section).optional();
    if ((bucket.isPresent() || oci.isPresent()) && server.isEmpty()) {
      section.refuse("needs the key 'server' with 's3' and 'oci'");
    }
    Kind kind =
        github.isPresent()
            ? Kind.GITHUB
            : gitlab.isPresent() ? Kind.GITLAB : bucket.isPresent() ? Kind.S3 : Kind.OCI;
    String usual = kind == Kind.GITHUB ? "https://api.github.com" : "https://gitlab.com";
    return new ReleaseListConfig(
        kind,
        URI.create(server.map(URI::toString).orElse(usual).replaceAll("/+$", "")),
        github.or(() -> gitlab).or(() -> bucket).or(() -> oci).orElse("?"),
        template,
        auth);
  }

  private static Optional<String> name(Section section, String key, String description) {
    return section
        .text(key, description)
        .where(
            text -> text.matches(NAME) && !text.contains(".."),
            "must be letters, digits and . _ / -")
        .optional();
  }
}
