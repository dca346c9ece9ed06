package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.core.chat.EnvelopeSink.Kind;
import org.junit.jupiter.api.Test;

class DedupeKeyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void trap21_aMentionAndItsTwinAreOneMessage() throws JsonProcessingException {
    String mention = message("Ev1", "app_mention", "");
    String twin = message("Ev2", "message", "");
    assertThat(key(Kind.EVENT, mention)).isEqualTo(key(Kind.EVENT, twin));
    assertThat(key(Kind.EVENT, mention)).isEqualTo("message:T1:C1:7.1");
  }

  @Test
  void trap21_anEditNeverTakesTheMessagesPlace() throws JsonProcessingException {
    assertThat(key(Kind.EVENT, message("Ev3", "message", "\"subtype\":\"message_changed\",")))
        .isEqualTo("event:Ev3");
    assertThat(key(Kind.EVENT, message("Ev4", "app_mention", "\"edited\":{\"ts\":\"8\"},")))
        .isEqualTo("event:Ev4");
  }

  @Test
  void otherEventsAreKnownByTheirId() throws JsonProcessingException {
    assertThat(key(Kind.EVENT, message("Ev5", "user_change", ""))).isEqualTo("event:Ev5");
  }

  @Test
  void twoClicksDifferByTheirTimeAndARepeatedDeliveryDoesNot() throws JsonProcessingException {
    assertThat(key(Kind.INTERACTION, click("e1", "9.1")))
        .isEqualTo(key(Kind.INTERACTION, click("e2", "9.1")))
        .isNotEqualTo(key(Kind.INTERACTION, click("e3", "9.2")));
  }

  @Test
  void aDialogIsOnceOnlyUntilSomethingElseIsFilledIn() throws JsonProcessingException {
    assertThat(key(Kind.INTERACTION, submission("e1", "too slow")))
        .isEqualTo(key(Kind.INTERACTION, submission("e2", "too slow")))
        .isNotEqualTo(key(Kind.INTERACTION, submission("e3", "too early")))
        .startsWith("submission:V1:U1:");
  }

  @Test
  void theHomeTabIsKnownByItsEvent() throws JsonProcessingException {
    assertThat(key(Kind.EVENT, message("Ev6", "app_home_opened", ""))).isEqualTo("event:Ev6");
  }

  @Test
  void slashCommandsAreKnownByTheirEnvelope() throws JsonProcessingException {
    assertThat(key(Kind.SLASH, "{\"envelope_id\":\"e1\",\"payload\":{}}")).isEqualTo("slash:e1");
  }

  @Test
  void aKeyIsNeverTooLong() throws JsonProcessingException {
    String endless = "{\"envelope_id\":\"" + "x".repeat(5_000) + "\"}";
    assertThat(key(Kind.SLASH, endless)).hasSize(DedupeKey.LONGEST);
  }

  private static String message(String id, String type, String more) {
    return """
    {"envelope_id":"e","payload":{"event_id":"%s","team_id":"T1","event":{"type":"%s",%s
    "channel":"C1","ts":"7.1"}}}\
    """
        .formatted(id, type, more);
  }

  private static String click(String envelope, String at) {
    return """
    {"envelope_id":"%s","payload":{"user":{"id":"U1"},
    "container":{"channel_id":"C1","message_ts":"7.1"},
    "actions":[{"action_id":"approve","action_ts":"%s"}]}}\
    """
        .formatted(envelope, at);
  }

  private static String submission(String envelope, String reason) {
    return """
    {"envelope_id":"%s","payload":{"type":"view_submission","user":{"id":"U1"},
    "view":{"id":"V1","state":{"values":{"reason":{"value":{"value":"%s"}}}}}}}\
    """
        .formatted(envelope, reason);
  }

  private static String key(Kind kind, String envelope) throws JsonProcessingException {
    return DedupeKey.of(kind, JSON.readTree(envelope));
  }
}
