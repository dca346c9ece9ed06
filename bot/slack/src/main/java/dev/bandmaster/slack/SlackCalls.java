package dev.bandmaster.slack;

import com.google.gson.JsonParseException;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiErrorResponse;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the Web API, each made once and answered by a value. Blocking; safe for use by many
 * threads.
 */
final class SlackCalls {

  /** How often a token was refused in a row matters to those who watch it. */
  @FunctionalInterface
  interface Observer {
    /** Slack answered a call; {@code error} is its error code, or empty where it did it. */
    void answered(String error);
  }

  private final MethodsClient methods;
  private final Supplier<String> token;
  private final GuessedLimit guesses;
  private final Observer observer;

  SlackCalls(MethodsClient methods, Supplier<String> token) {
    this(methods, token, InstantSource.system(), _ -> {});
  }

  /** The same, with each of Slack's answers shown to an observer. */
  SlackCalls(
      MethodsClient methods, Supplier<String> token, InstantSource clock, Observer observer) {
    this.methods = methods;
    this.token = token;
    this.guesses = new GuessedLimit(clock);
    this.observer = observer;
  }

  /** Asks something that changes nothing, and asks again where that fails for a moment. */
  <T extends SlackApiTextResponse> CallResult<T> lookUp(
      String method, Map<String, String> form, Class<T> type) {
    return LookUpRetries.of(() -> call(method, form, type));
  }

  /**
   * Calls a method.
   *
   * @param method the method's name, for instance {@code chat.update}
   * @param form what is sent; empty values are left out
   */
  <T extends SlackApiTextResponse> CallResult<T> call(
      String method, Map<String, String> form, Class<T> type) {
    CallResult<T> result = once(method, form, type);
    switch (result) {
      case CallResult.Ok<T> _ -> {
        guesses.passed(method);
        observer.answered("");
      }
      case CallResult.Refused<T>(var error, var needed) -> {
        guesses.passed(method);
        observer.answered(error);
      }
      case CallResult.Limited<T> _, CallResult.Unsent<T> _, CallResult.Unclear<T> _ -> {
        // Nothing is known of the token.
      }
    }
    return result;
  }

  private <T extends SlackApiTextResponse> CallResult<T> once(
      String method, Map<String, String> form, Class<T> type) {
    try {
      T body =
          methods.postFormWithTokenAndParseResponse(
              builder -> {
                form.forEach((name, value) -> {
                  if (!value.isEmpty()) {
                    builder.add(name, value);
                  }
                });
                return builder;
              },
              method,
              token.get(),
              type);
      return body.isOk()
          ? new CallResult.Ok<>(body)
          : refusal(method, orEmpty(body.getError()), orEmpty(body.getNeeded()));
    } catch (SlackApiException notOk) {
      return failure(method, notOk);
    } catch (ConnectException
        | UnknownHostException
        | NoRouteToHostException
        | SSLHandshakeException
        | SSLPeerUnverifiedException notReached) {
      return new CallResult.Unsent<>("Slack is unreachable: " + notReached.getMessage());
    } catch (IOException | JsonParseException unclear) {
      return new CallResult.Unclear<>(method + " got no clear answer: " + unclear.getMessage());
    } catch (RuntimeException unreadable) {
      // The SDK fails in its own ways at answers that are no JSON objects, such as empty ones.
      return new CallResult.Unclear<>(
          method + " got an answer that cannot be read: " + unreadable.getClass().getSimpleName());
    }
  }

  private <T> CallResult<T> refusal(String method, String error, String needed) {
    return switch (error) {
      case "ratelimited", "rate_limited" -> new CallResult.Limited<>(guesses.next(method));
      case "service_unavailable", "request_timeout" ->
          new CallResult.Unsent<>("Slack said " + error + ".");
      // Slack says of these two that some of it may have been done.
      case "internal_error", "fatal_error", "" ->
          new CallResult.Unclear<>("Slack said " + error + ".");
      default -> new CallResult.Refused<>(error, needed);
    };
  }

  /**
   * An answer with another status than 200. Slack's own refusals have 200 or a body with an error
   * code; anything else, such as a page of HTML, is of something that stands before Slack, and says
   * nothing of what Slack will do.
   */
  private <T> CallResult<T> failure(String method, SlackApiException notOk) {
    int status = notOk.getResponse().code();
    if (status == 429) {
      return new CallResult.Limited<>(
          retryAfter(orEmpty(notOk.getResponse().header("Retry-After")))
              .orElseGet(() -> guesses.next(method)));
    }
    SlackApiErrorResponse said = notOk.getError();
    return status < 500 && said != null && !orEmpty(said.getError()).isEmpty()
        ? refusal(method, said.getError(), orEmpty(said.getNeeded()))
        : new CallResult.Unclear<>(method + " returned HTTP status " + status + ".");
  }

  private static Optional<Duration> retryAfter(String header) {
    try {
      return Optional.of(Duration.ofSeconds(Math.clamp(Long.parseLong(header.strip()), 1, 3600)));
    } catch (NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
