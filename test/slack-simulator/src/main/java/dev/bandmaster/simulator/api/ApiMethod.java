package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One method of the Web API.
 *
 * @param name for example {@code chat.postMessage}
 * @param token which token it wants
 * @param scopes any one of these is enough; empty where none is needed
 * @param rate how often it may be called
 * @param handler what it does
 */
record ApiMethod(String name, Token token, List<String> scopes, Rate rate, Handler handler) {
  ApiMethod {
    scopes = List.copyOf(scopes);
  }

  /** A method for the bot token. */
  static ApiMethod bot(String name, Rate rate, List<String> scopes, Handler handler) {
    return new ApiMethod(name, Token.BOT, scopes, rate, handler);
  }

  /** Which token a method wants. */
  enum Token {
    NONE,
    BOT,
    APP,
    ANY
  }

  /** What a method does. */
  @FunctionalInterface
  interface Handler {
    /**
     * Carries the call out.
     *
     * @return what the answer says besides {@code ok: true}
     * @throws ApiRefusal where the answer is {@code ok: false}
     */
    ObjectNode handle(Arguments arguments);
  }
}
