package dev.bandmaster.app.http;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A page of another site must not reach the bot through the browser of somebody who can: not by a
 * name that its owner lets point here, and not with a request of its own.
 *
 * @param names by which clients may call the bot, in lower case and without a port
 */
public record HostCheck(Set<String> names) {

  /** What a request says about where it was sent, and from where. */
  public enum Result {
    GOOD,
    /** It is for a host that is not ours. */
    OTHER_HOST,
    /** A page of another site sent it. */
    OTHER_SITE
  }

  public HostCheck {
    names = Set.copyOf(names);
  }

  /** What this request says. */
  public Result of(Context context) {
    String host = Optional.ofNullable(context.header("Host")).orElse("").toLowerCase(Locale.ROOT);
    if (!names.contains(name(host))) {
      return Result.OTHER_HOST;
    }
    String origin = context.header("Origin");
    return origin == null
            || origin.toLowerCase(Locale.ROOT).equals("http://" + host)
            || origin.toLowerCase(Locale.ROOT).equals("https://" + host)
        ? Result.GOOD
        : Result.OTHER_SITE;
  }

  /** A host without its port. */
  private static String name(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return end > 0 ? host.substring(0, end) : host;
  }
}
