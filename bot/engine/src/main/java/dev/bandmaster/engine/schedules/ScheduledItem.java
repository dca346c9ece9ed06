package dev.bandmaster.engine.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Schedules.Schedule;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A scheduled command as the inbox keeps it. */
public final class ScheduledItem {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScheduledItem() {}

  /** The item of a schedule that is due; the same for the one that writes it. */
  public static Change.AcceptDelivery of(Schedule schedule, Instant now, String lease) {
    String payload =
        asking(schedule.owner(), schedule.place())
            .put("schedule", schedule.number())
            .put("command", schedule.command())
            .toString();
    return new Change.AcceptDelivery(
        "schedule:" + schedule.number() + ":" + schedule.due().toEpochMilli(),
        ScheduleClock.KIND,
        payload,
        now,
        lease);
  }

  /** An item that says who asks, and where; see {@link #sender} and {@link #place}. */
  public static ObjectNode asking(UserRef owner, ConversationRef place) {
    return JSON.createObjectNode()
        .put("team", owner.team())
        .put("user", owner.user())
        .put("channel", place.channel())
        .put("kind", name(place.kind()))
        .put("thread", place.thread().orElse(""));
  }

  /** Who asks. */
  public static UserRef sender(JsonNode item) {
    return new UserRef(item.path("team").asText(), item.path("user").asText());
  }

  /** Where. */
  public static ConversationRef place(JsonNode item) {
    return new ConversationRef(
        item.path("channel").asText(),
        kind(item.path("kind").asText()),
        Optional.of(item.path("thread").asText()).filter(thread -> !thread.isEmpty()));
  }

  /**
   * What an item means.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Inbound.Scheduled read(String payload) {
    try {
      JsonNode item = JSON.readTree(payload);
      return new Inbound.Scheduled(
          sender(item), place(item), item.path("schedule").asLong(), item.path("command").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no scheduled command", e);
    }
  }

  private static String name(ConversationRef.Kind kind) {
    return switch (kind) {
      case DIRECT -> "DIRECT";
      case CHANNEL -> "CHANNEL";
      case SHARED_CHANNEL -> "SHARED_CHANNEL";
      case API -> "API";
    };
  }

  private static ConversationRef.Kind kind(String name) {
    return Stream.of(ConversationRef.Kind.values())
        .filter(kind -> name(kind).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of place: " + name));
  }
}
