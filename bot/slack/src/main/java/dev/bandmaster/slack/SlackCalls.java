package dev.bandmaster.slack;

import com.google.gson.JsonParseException;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of the Web API, each made once and answered by a value. Blocking; safe for use by many
 * threads.
 */
final class SlackCalls {

  /** The pause when Slack rate-limits without a Retry-After. */
  private static final Duration UNSAID_LIMIT = Duration.ofSeconds(30);

  private final MethodsClient methods;
  private final Supplier<String> token;

  SlackCalls(MethodsClient methods, Supplier<String> token) {
    this.methods = methods;
    this.token = token;
  }

  /**
   * Calls a method.
   *
   * @param method the method's name, for instance {@code chat.update}
   * @param form what is sent; empty values are left out
   */
  <T extends SlackApiTextResponse> CallResult<T> call(
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
      return body.isOk() ? new CallResult.Ok<>(body) : refusal(body);
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
    }
  }

  private static <T extends SlackApiTextResponse> CallResult<T> refusal(T body) {
    String error = orEmpty(body.getError());
    return switch (error) {
      case "ratelimited", "rate_limited" -> new CallResult.Limited<>(UNSAID_LIMIT);
      case "service_unavailable", "request_timeout" ->
          new CallResult.Unsent<>("Slack said " + error + ".");
      // Slack says of these two that some of it may have been done.
      case "internal_error", "fatal_error", "" ->
          new CallResult.Unclear<>("Slack said " + error + ".");
      default -> new CallResult.Refused<>(error, orEmpty(body.getNeeded()));
    };
  }

  private static <T> CallResult<T> failure(String method, SlackApiException notOk) {
    int status = notOk.getResponse().code();
    if (status == 429) {
      return new CallResult.Limited<>(
          retryAfter(orEmpty(notOk.getResponse().header("Retry-After"))));
    }
    String reason = method + " returned HTTP status " + status + ".";
    return status >= 500 ? new CallResult.Unclear<>(reason) : new CallResult.Refused<>(reason, "");
  }

  private static Duration retryAfter(String header) {
    try {
      return Duration.ofSeconds(Math.clamp(Long.parseLong(header.strip()), 1, 3600));
    } catch (NumberFormatException unreadable) {
      return UNSAID_LIMIT;
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
