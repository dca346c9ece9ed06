package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.api.ApiMethod.Token;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.fault.Faults;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.world.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers Web API calls: first the faults, then the token, the rate limit and the scope, then the
 * method itself. Every call is remembered. Safe for use by many threads.
 */
public final class WebApi {
  private static final double NANOS_A_MILLI = 1e6;

  private final Map<String, ApiMethod> methods = new TreeMap<>();
  private final Bot bot;
  private final RateLimiter limiter;
  private final Faults faults;
  private final AnswerFaults answerFaults;
  private final CallLog log;
  private final InstantSource clock;
  private final UnaryOperator<String> channelId;

  WebApi(
      Collection<ApiMethod> methods,
      Bot bot,
      RateLimiter limiter,
      Faults faults,
      CallLog log,
      InstantSource clock,
      UnaryOperator<String> channelId) {
    methods.forEach(method -> this.methods.put(method.name(), method));
    this.bot = bot;
    this.limiter = limiter;
    this.faults = faults;
    this.answerFaults = new AnswerFaults(faults);
    this.log = log;
    this.clock = clock;
    this.channelId = channelId;
  }

  /** The names of all methods, in alphabetical order. */
  public List<String> methods() {
    return List.copyOf(methods.keySet());
  }

  /** All methods, in the order of their names. */
  List<ApiMethod> described() {
    return List.copyOf(methods.values());
  }

  /** The scopes of the bot token, as the {@code x-oauth-scopes} header lists them. */
  public String scopes() {
    return String.join(",", new TreeSet<>(bot.scopes()));
  }

  /**
   * Carries one call out.
   *
   * @param header the token of the {@code Authorization} header, or null
   */
  public ApiAnswer call(String method, Arguments arguments, @Nullable String header) {
    Instant start = clock.instant();
    String token = header != null ? header : arguments.text("token");
    ApiAnswer answer = answer(method, arguments, token);
    log.add(
        new Call(
            start,
            method,
            CallLog.redact(arguments.fields()),
            status(answer),
            body(answer),
            Duration.between(start, clock.instant()).toNanos() / NANOS_A_MILLI));
    return answer;
  }

  private ApiAnswer answer(String method, Arguments arguments, String token) {
    Optional<ApiAnswer> instead = answerFaults.instead(method);
    if (instead.isPresent()) {
      return instead.get();
    }
    Optional<Fault> slow = faults.take(Fault.Kind.DELAY, method);
    if (slow.isPresent() && !pause(slow.get().delay())) {
      return new ApiAnswer.Dropped();
    }
    return answerFaults.spoilt(method, carryOut(method, arguments, token));
  }

  private ApiAnswer carryOut(String name, Arguments arguments, String token) {
    try {
      ApiMethod method = methods.get(name);
      if (method == null) {
        throw new ApiRefusal("unknown_method", Json.object().put("req_method", name));
      }
      checkToken(method, token);
      Optional<Duration> wait = limiter.take(name, method.rate());
      if (wait.isEmpty() && name.equals("chat.postMessage")) {
        String channel = channelId.apply(arguments.text("channel"));
        wait = limiter.take(name + " " + channel, Rate.POST_PER_CHANNEL);
      }
      if (wait.isPresent()) {
        return tooMany(wait.get());
      }
      checkScope(method);
      ObjectNode result = Json.object().put("ok", true);
      result.setAll(method.handler().handle(arguments.withToken(token)));
      return new ApiAnswer.Body(result);
    } catch (ApiRefusal refusal) {
      return new ApiAnswer.Body(refusal.body());
    }
  }

  private void checkToken(ApiMethod method, String token) {
    if (method.token() == Token.NONE) {
      return;
    }
    if (token.isEmpty()) {
      throw new ApiRefusal("not_authed");
    }
    boolean isBot = token.equals(bot.botToken());
    boolean isApp = token.equals(bot.appToken());
    if (!isBot && !isApp) {
      throw new ApiRefusal("invalid_auth");
    }
    boolean wrongKind =
        (method.token() == Token.BOT && !isBot) || (method.token() == Token.APP && !isApp);
    if (wrongKind) {
      throw new ApiRefusal("not_allowed_token_type");
    }
    if (method.name().equals("auth.test")
        && faults.take(Fault.Kind.AUTH_TEST_NOT_OK, method.name()).isPresent()) {
      throw new ApiRefusal("internal_error");
    }
  }

  private void checkScope(ApiMethod method) {
    boolean granted =
        method.scopes().isEmpty() || method.scopes().stream().anyMatch(bot.scopes()::contains);
    if (!granted || faults.take(Fault.Kind.MISSING_SCOPE, method.name()).isPresent()) {
      throw new ApiRefusal(
          "missing_scope",
          Json.object().put("needed", String.join(",", method.scopes())).put("provided", scopes()));
    }
  }

  static ApiAnswer tooMany(Duration wait) {
    return new ApiAnswer.TooMany(wait, Json.object().put("ok", false).put("error", "ratelimited"));
  }

  private static boolean pause(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static int status(ApiAnswer answer) {
    return switch (answer) {
      case ApiAnswer.Body _, ApiAnswer.Drip _ -> 200;
      case ApiAnswer.TooMany _ -> 429;
      case ApiAnswer.Status(int status) -> status;
      case ApiAnswer.Raw raw -> raw.status();
      case ApiAnswer.Dropped _ -> 0;
    };
  }

  private static ObjectNode body(ApiAnswer answer) {
    return switch (answer) {
      case ApiAnswer.Body(ObjectNode json) -> json;
      case ApiAnswer.Drip(ObjectNode json, Duration _) -> json;
      case ApiAnswer.TooMany(Duration wait, ObjectNode json) ->
          json.deepCopy().put("retry_after", wait.toSeconds());
      case ApiAnswer.Status _, ApiAnswer.Raw _, ApiAnswer.Dropped _ -> Json.object();
    };
  }
}
