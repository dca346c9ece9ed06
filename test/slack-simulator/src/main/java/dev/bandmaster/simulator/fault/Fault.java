package dev.bandmaster.simulator.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that shall go wrong.
 *
 * @param id names it in lists and when it is cleared
 * @param kind what goes wrong
 * @param method the Web API method it concerns, or {@code *} for all
 * @param count how often it still happens; 0 means until it is cleared
 * @param delay how long something takes or shall be waited for
 * @param status the HTTP status for {@link Kind#HTTP_STATUS}
 * @param all whether it concerns every connection instead of the oldest
 * @param sameEnvelope whether a repeated event comes in the same envelope
 * @param error Slack's error code for {@link Kind#ERROR}, for example {@code token_revoked}
 */
public record Fault(
    String id,
    Kind kind,
    String method,
    int count,
    Duration delay,
    int status,
    boolean all,
    boolean sameEnvelope,
    String error) {
  private static final Pattern ERROR_CODE = Pattern.compile("[a-z0-9_:.-]{1,80}");

  public Fault {
    if (count < 0) {
      throw new IllegalArgumentException("A fault's count is 0 (until cleared) or more.");
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("A fault's time cannot be negative.");
    }
    if (status < 100 || status > 599) {
      throw new IllegalArgumentException("A fault's status is an HTTP status, 100 to 599.");
    }
    if (!ERROR_CODE.matcher(error).matches()) {
      throw new IllegalArgumentException(
          "A fault's error is one of Slack's error codes, for example token_revoked.");
    }
  }

  /** A fault of this kind that happens once, to every method. */
  public static Fault of(Kind kind) {
    return new Fault(
        "", kind, "*", 1, kind.usualDelay(), kind.usualStatus(), false, false, "fatal_error");
  }

  /** The same for one method only. */
  public Fault on(String other) {
    return new Fault(id, kind, other, count, delay, status, all, sameEnvelope, error);
  }

  /** The same, happening so often; 0 means until it is cleared. */
  public Fault times(int often) {
    return new Fault(id, kind, method, often, delay, status, all, sameEnvelope, error);
  }

  /** The same with another time: how long to wait, or what {@code Retry-After} says. */
  public Fault lasting(Duration time) {
    return new Fault(id, kind, method, count, time, status, all, sameEnvelope, error);
  }

  /** The same with another HTTP status. */
  public Fault answering(int other) {
    return new Fault(id, kind, method, count, delay, other, all, sameEnvelope, error);
  }

  /** The same for every connection. */
  public Fault everywhere() {
    return new Fault(id, kind, method, count, delay, status, true, sameEnvelope, error);
  }

  /** The same, repeating envelopes with their id. */
  public Fault inTheSameEnvelope() {
    return new Fault(id, kind, method, count, delay, status, all, true, error);
  }

  /** The same, refusing with this error code of Slack's. */
  public Fault saying(String code) {
    return new Fault(id, kind, method, count, delay, status, all, sameEnvelope, code);
  }

  Fault named(String name) {
    return new Fault(name, kind, method, count, delay, status, all, sameEnvelope, error);
  }

  boolean concerns(String called) {
    return method.equals("*") || method.equals(called);
  }

  /** What can go wrong. */
  public enum Kind {
    /** The method answers 429 with {@code Retry-After}. */
    RATE_LIMIT,
    /** The method answers 429 without {@code Retry-After}. */
    RATE_LIMIT_WITHOUT_HEADER,
    /** The method answers 200 with {@code ok: false} and the error {@code ratelimited}. */
    RATELIMITED,
    /** The method answers {@code ok: false} with any error code, without doing anything. */
    ERROR,
    /** The method answers an HTTP status without doing anything. */
    HTTP_STATUS,
    /** The method answers a page of HTML, as a proxy does, without doing anything. */
    HTML_BODY,
    /** The method is carried out and its answer is cut off in the middle of its JSON. */
    BAD_JSON,
    /** The method is carried out and answered with nothing. */
    EMPTY_BODY,
    /** The method answers 302 and the address of a page, without doing anything. */
    REDIRECT,
    /**
     * The method is carried out and its answer comes one byte at a time, with a pause before each.
     */
    SLOW_DRIP,
    /** The method is carried out, then the connection is closed without an answer. */
    DROP_AFTER_RECEIVING,
    /** The method is carried out after a time. */
    DELAY,
    /** {@code auth.test} answers {@code ok: false}. */
    AUTH_TEST_NOT_OK,
    /** The method answers {@code missing_scope}. */
    MISSING_SCOPE,
    /** A connection is warned and refreshed some seconds later. */
    SOCKET_WARNING,
    /** A connection receives "refresh" and is closed. */
    SOCKET_REFRESH,
    /** Connections are told that Socket Mode is off, and so are new ones while it lasts. */
    LINK_DISABLED,
    /** A connection stays open, but nothing goes through it any more. */
    HALF_OPEN,
    /** A connection stays open and answers pings, but nothing is delivered through it any more. */
    DEAF,
    /** A connection delivers as ever, but answers no pings. */
    UNANSWERED_PINGS,
    /** A new WebSocket's TCP connection is closed before the handshake is answered. */
    CLOSED_HANDSHAKE,
    /** A new connection is opened, but gets no {@code hello}. */
    NO_HELLO,
    /** The last event is sent again. */
    REDELIVER_LAST,
    /** The next event is sent twice. */
    DELIVER_TWICE,
    /** New connections are refused, as there are too many. */
    TOO_MANY_WEBSOCKETS;

    /** The name used in the control interface, for example {@code rate_limit}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this name. */
    public static Optional<Kind> of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** The status unless another is given: a page of HTML is most harmful where all seems well. */
    int usualStatus() {
      return this == HTML_BODY || this == EMPTY_BODY ? 200 : 500;
    }

    /** The time unless another is given. */
    Duration usualDelay() {
      return this == SLOW_DRIP ? Duration.ofMillis(20) : Duration.ofSeconds(1);
    }

    /** Whether it acts when it is set and leaves nothing to be cleared. */
    public boolean atOnce() {
      return this == SOCKET_WARNING
          || this == SOCKET_REFRESH
          || this == HALF_OPEN
          || this == DEAF
          || this == UNANSWERED_PINGS
          || this == REDELIVER_LAST;
    }
  }
}
