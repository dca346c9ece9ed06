package dev.bandmaster.config;

import dev.bandmaster.model.AwsSignature;
import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.yaml.Field;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Secret;
import dev.bandmaster.yaml.Section;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads with what an artifact server is asked; the secret is in a file or in the environment. */
final class ArtifactAuth {
  private static final String HOST = "[A-Za-z0-9.-]+(:[0-9]{1,5})?|\\[[0-9A-Fa-f:]+](:[0-9]{1,5})?";

  private ArtifactAuth() {}

  static Field<HostCredentials> field(Section section) {
    return section.section(
        "artifact_auth",
        ArtifactAuth::read,
        "Authentication at the artifact server. Sent to this host only, and only over https "
            + "unless the host is this machine.");
  }

  private static HostCredentials read(Section section) {
    String host =
        section
            .field(
                "host",
                Kinds.text("a host, or host:port", text -> text.matches(HOST)),
                "The artifact server's host, with `:port` if it is not the usual one.")
            .required();
    Optional<String> header =
        section
            .field(
                "header",
                Kinds.text("a header's name", text -> text.matches("[A-Za-z0-9-]{1,100}")),
                "Name of the header that holds the secret, such as `Authorization`, with `value`.")
            .optional();
    Optional<String> user =
        section
            .field(
                "user",
                Kinds.text("a user's name without a colon", text -> !text.contains(":")),
                "The user for basic authentication, with `password`. Exactly one of `header`, "
                    + "`user` and `access_key`.")
            .optional();
    Optional<Secret> value =
        section
            .secret("value", "What the header says, such as `Bearer …`.")
            .where(ArtifactAuth::isOneLine, "must be one line of printable characters")
            .optional();
    Optional<Secret> password = section.secret("password", "The user's password.").optional();
    Optional<String> accessKey =
        section
            .field(
                "access_key",
                Kinds.text("an access key", text -> text.matches("[A-Za-z0-9._-]{1,128}")),
                "The access key of an S3-compatible store, with `secret_key`: each request is "
                    + "signed (AWS Signature Version 4).")
            .optional();
    Optional<Secret> secretKey =
        section.secret("secret_key", "The secret key of the access key.").optional();
    String region =
        section
            .field(
                "region",
                Kinds.text("a region", text -> text.matches("[a-z0-9-]{1,40}")),
                "The region of the S3-compatible store.")
            .orDefault("us-east-1");
    section.exactlyOneOf("header", "user", "access_key");
    if (accessKey.isPresent() != secretKey.isPresent()) {
      section.refuse("needs both `access_key` and `secret_key`, or neither");
    }
    if (header.isPresent() != value.isPresent()) {
      section.refuse("needs both `header` and `value`, or neither");
    }
    if (user.isPresent() != password.isPresent()) {
      section.refuse("needs both `user` and `password`, or neither");
    }
    if (accessKey.isPresent() && secretKey.isPresent()) {
      return new HostCredentials(
          host, new AwsSignature(accessKey.get(), secretKey.get().reveal(), region));
    }
    return new HostCredentials(
        host,
        header.orElse("Authorization"),
        value.map(Secret::reveal).orElseGet(() -> basic(user, password)));
  }

  private static String basic(Optional<String> user, Optional<Secret> password) {
    String pair = user.orElse("") + ":" + password.map(Secret::reveal).orElse("");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isOneLine(String text) {
    return text.chars().allMatch(each -> each >= ' ' && each < 0x7F);
  }
}
