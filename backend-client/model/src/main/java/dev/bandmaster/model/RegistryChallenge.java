package dev.bandmaster.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an OCI registry answers to somebody without a token: where a token can be had. A token is
 * asked for over TLS, or on this machine, and nowhere else.
 *
 * @param token address that gives a token to read the repository
 */
public record RegistryChallenge(URI token) {
  private static final Pattern PARAMETER = Pattern.compile("([a-z_]{1,20})=\"([^\"]{0,500})\"");
  private static final Pattern TOKEN =
      Pattern.compile("\"(?:token|access_token)\"\\s*:\\s*\"([A-Za-z0-9._~+/=-]{1,16000})\"");
  private static final Pattern REPOSITORY =
      Pattern.compile("/v2/([a-z0-9._/-]{1,255})/(?:blobs|manifests|tags)/");

  /**
   * Reads a challenge.
   *
   * @param header the header {@code WWW-Authenticate}
   * @param asked what was asked for; its repository is what the token is for, whatever the server
   *     says
   */
  public static Optional<RegistryChallenge> of(String header, URI asked) {
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7) || header.length() > 2_000) {
      return Optional.empty();
    }
    String realm = "";
    String service = "";
    for (Matcher each = PARAMETER.matcher(header); each.find(); ) {
      switch (each.group(1)) {
        case "realm" -> realm = each.group(2);
        case "service" -> service = each.group(2);
        default -> {
          // The scope follows from what was asked for.
        }
      }
    }
    Matcher repository = REPOSITORY.matcher(asked.getPath());
    if (realm.isEmpty() || !repository.find()) {
      return Optional.empty();
    }
    String query =
        "service=%s&scope=%s"
            .formatted(
                URLEncoder.encode(service, StandardCharsets.UTF_8),
                URLEncoder.encode(
                    "repository:" + repository.group(1) + ":pull", StandardCharsets.UTF_8));
    try {
      URI address = new URI(realm + (realm.contains("?") ? "&" : "?") + query);
      boolean safe =
          "https".equals(address.getScheme())
              || ("http".equals(address.getScheme()) && isThisMachine(address.getHost()));
      return Optional.of(new RegistryChallenge(address)).filter(known -> safe);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** The token in what the address {@link #token} answers. */
  public static Optional<String> token(String json) {
    Matcher found = TOKEN.matcher(json);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  private static boolean isThisMachine(String host) {
    return "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
  }
}
