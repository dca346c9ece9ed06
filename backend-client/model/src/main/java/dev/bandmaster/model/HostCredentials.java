package dev.bandmaster.model;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * What one host is given with each request, and no other host ever is. Prints without the value.
 *
 * @param host the host's name in lower case, with {@code :port} where it is not the usual one
 * @param header the name of the header
 * @param value what the header says; secret
 */
public record HostCredentials(String host, String header, String value) {
  public HostCredentials {
    host = host.toLowerCase(Locale.ROOT);
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
