package dev.bandmaster.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of a file or a page. It prints scheme, host and path only: a user, a password, a query
 * and a fragment may be secrets, so they are for the one that calls the address and for nobody's
 * eyes.
 *
 * @param uri the whole address, for the call itself
 */
public record WebAddress(URI uri) {
  private static final Pattern AUTHORITY =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)");

  /**
   * Names of parameters that hold secrets: tokens, signatures of presigned addresses, passwords.
   */
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile(
          "[?&;#](?:[a-z0-9_.-]*(?:token|secret|password|passwd|signature|credential|api[_-]?key)"
              + "|auth|authorization|key|pwd|sig|access[_-]?key[a-z_-]*)=",
          Pattern.CASE_INSENSITIVE);

  /** The address in a text, or empty if it is none. */
  public static Optional<WebAddress> parse(String text) {
    try {
      return Optional.of(new WebAddress(new URI(text)));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** How any address is shown, also one that nobody can call, such as {@code git@host:path}. */
  public static String shown(String address) {
    int end = address.length();
    for (int at = 0; at < end; at++) {
      if (address.charAt(at) == '?' || address.charAt(at) == '#') {
        end = at;
      }
    }
    String visible = address.substring(0, end);
    Matcher authority = AUTHORITY.matcher(visible);
    if (!authority.find()) {
      return visible;
    }
    String host = authority.group(2);
    return authority.group(1)
        + "://"
        + host.substring(host.lastIndexOf('@') + 1)
        + visible.substring(authority.end());
  }

  /**
   * Whether an address, or a template of addresses, holds something secret: a password, a user of a
   * web address (which may be a token), or a parameter that is named like a secret.
   */
  public static boolean holdsCredentials(String address) {
    Matcher authority = AUTHORITY.matcher(address);
    if (!authority.find()) {
      return false;
    }
    String host = authority.group(2);
    int at = host.lastIndexOf('@');
    boolean web = authority.group(1).regionMatches(true, 0, "http", 0, 4);
    return (at >= 0 && (web || host.substring(0, at).contains(":")))
        || SECRET_PARAMETER.matcher(address).find();
  }

  @Override
  public String toString() {
    return shown(uri.toString());
  }
}
