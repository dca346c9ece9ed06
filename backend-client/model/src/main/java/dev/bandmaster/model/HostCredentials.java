package dev.bandmaster.model;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one host is given with each request, and no other host ever is. Prints without the value.
 *
 * @param host the host's name in lower case, with {@code :port} where it is not the usual one
 * @param header the name of the header
 * @param value what the header says; secret
 * @param signature signs each request instead of a header that is always the same
 */
public record HostCredentials(
    String host, String header, String value, Optional<AwsSignature> signature) {
  public HostCredentials {
    host = host.toLowerCase(Locale.ROOT);
  }

  /** A header that is the same for each request. */
  public HostCredentials(String host, String header, String value) {
    this(host, header, value, Optional.empty());
  }

  /** A signature of each request, as S3-compatible stores want it. */
  public HostCredentials(String host, AwsSignature signature) {
    this(host, "Authorization", "", Optional.of(signature));
  }

  /** The headers for a request without a body, if it may have them: {@link #areFor}. */
  public Map<String, String> headers(String method, URI address, Instant now) {
    return signature
        .map(signer -> signer.headers(method, address, now))
        .orElseGet(() -> Map.of(header, value));
  }

  /**
   * Whether a request gets the header: it goes to this very host, and over TLS unless it does not
   * leave the machine.
   */
  public boolean areFor(URI address) {
    // An IPv6 address is in brackets there, and without them in the configuration.
    String name =
        String.valueOf(address.getHost()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    boolean encrypted = "https".equals(address.getScheme());
    int usual = encrypted ? 443 : 80;
    int port = address.getPort() < 0 ? usual : address.getPort();
    boolean same = host.equals(name + ":" + port) || (port == usual && host.equals(name));
    return same && (encrypted || isThisMachine(name));
  }

  private static boolean isThisMachine(String name) {
    if (name.equals("localhost") || name.equals("::1")) {
      return true;
    }
    try {
      return name.matches("127(\\.[0-9]{1,3}){3}")
          && InetAddress.getByName(name).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "HostCredentials[" + host + ", " + header + ", …]";
  }
}
