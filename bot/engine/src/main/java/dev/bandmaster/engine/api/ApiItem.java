package dev.bandmaster.engine.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.UserRef;

/** A command of the API as it stands in the inbox. */
public final class ApiItem {

  /** The kind of such deliveries. */
  public static final String KIND = "api";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiItem() {}

  /**
   * Writes one.
   *
   * @param request the id of its place; the same for a repeated request
   */
  static String write(UserRef caller, String request, String text, boolean confirmed) {
    return JSON.createObjectNode()
        .put("team", caller.team())
        .put("user", caller.user())
        .put("request", request)
        .put("command", text)
        .put("confirmed", confirmed)
        .toString();
  }

  /**
   * What an item means.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Inbound.ApiCommand read(String payload) {
    try {
      JsonNode item = JSON.readTree(payload);
      return new Inbound.ApiCommand(
          new UserRef(item.path("team").asText(), item.path("user").asText()),
          ConversationRef.api(item.path("request").asText()),
          item.path("command").asText(),
          item.path("confirmed").asBoolean());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no command of the API", e);
    }
  }
}
