package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.UserRef;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that clients, integrations and other versions of Slack send. */
@TestInstance(Lifecycle.PER_CLASS)
class UnusualPayloadTest {

  private final Stage stage = Stage.connected();

  @AfterAll
  void close() throws IOException {
    stage.close();
  }

  private Interpretation interpret(String envelope) {
    return stage.connection.interpreter().interpret(envelope);
  }

  private static String event(String fields) {
    return """
    {"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback",
    "team_id":"T0BAND","authorizations":[{"team_id":"T0BAND","is_bot":true}],"event":{
    "type":"app_mention","user":"U0ANN","team":"T0BAND","channel":"C0OPS","ts":"1.000100",%s}}}
    """
        .formatted(fields);
  }

  private String words(String envelope) {
    Interpretation meaning = interpret(envelope);
    assertThat(meaning).isInstanceOf(Interpretation.Addressed.class);
    return switch (((Interpretation.Addressed) meaning).inbound()) {
      case Inbound.MessageReceived said -> said.text();
      case Inbound.SlashCommand slash -> slash.text();
      case Inbound.ButtonClick click -> click.action();
      case Inbound other -> other.toString();
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"blocks\":\"x\"",
        "\"blocks\":[{\"type\":\"section\",\"accessory\":[]}]",
        "\"blocks\":{\"type\":\"section\"}",
        "\"blocks\":[{\"type\":\"actions\",\"elements\":\"none\"}]",
        "\"attachments\":\"x\"",
        "\"files\":{}",
        "\"reactions\":7"
      })
  void slackK7_whatTheSdkCannotReadIsReadFromItsJson(String odd) {
    assertThat(words(event("\"text\":\"<@U0BANDMASTER> ping\"," + odd))).isEqualTo("ping");
  }

  @Test
  void slackK7_aClickOnAnOddMessageIsAClick() {
    assertThat(
            words(
                """
                {"type":"interactive","envelope_id":"e1","payload":{"type":"block_actions",
                "user":{"id":"U0ANN","team_id":"T0BAND"},"channel":{"id":"C0OPS"},
                "container":{"type":"message","message_ts":"1.1","channel_id":"C0OPS"},
                "message":{"ts":"1.1","blocks":"x"},"state":[],
                "actions":[{"type":"button","action_id":"go","value":"1"}]}}
                """))
        .isEqualTo("go");
  }

  @Test
  void slackK7_anOddEventForAnotherWorkspaceIsStillNotOurs() {
    String foreign =
        event("\"text\":\"<@U0BANDMASTER> ping\",\"blocks\":\"x\"")
            .replace("[{\"team_id\":\"T0BAND\"", "[{\"team_id\":\"T0OTHER\"");
    assertThat(interpret(foreign))
        .isEqualTo(new Interpretation.Ignored(IgnoredReason.OTHER_WORKSPACE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'text','text':' deploy web & co'} | deploy web & co",
        "{'type':'text','text':' ping '},{'type':'text','text':'web1','style':{'code':true}}"
            + " | ping `web1`",
        "{'type':'text','text':' ping '},{'type':'link','url':'http://web1.example.com',"
            + "'text':'web1.example.com'} | ping web1.example.com",
        "{'type':'text','text':' notify '},{'type':'user','user_id':'U0BOB'},"
            + "{'type':'usergroup','usergroup_id':'S0SRE'} | notify @U0BOB@S0SRE",
        "{'type':'text','text':' a '},{'type':'color','value':'#fff'},{'type':'new','x':[]} | a"
      })
  void slackK7_aCommandThatIsOnlyInRichTextIsUnderstood(String elements, String read) {
    String blocks =
        "'blocks':[{'type':'rich_text','elements':[{'type':'rich_text_section','elements':["
            + "{'type':'user','user_id':'U0BANDMASTER'},%s]}]}]".formatted(elements);
    assertThat(words(event(blocks.replace('\'', '"')))).isEqualTo(read);
  }

  @Test
  void slackK7_aMentionOnlyInCodeAddressesNobody() {
    assertThat(interpret(event("\"text\":\"try `<@U0BANDMASTER> ping`\"")))
        .isEqualTo(new Interpretation.Ignored(IgnoredReason.NOT_ADDRESSED));
  }

  @Test
  void slackK7_namesAreShownWithTheirCharacters() {
    stage.slack.lab().changePerson("bob", bob -> bob.withRealName("Bob &lt;R&amp;D&gt;"));
    stage.connection.directory().forgetUser(Set.of("U0BOB"));
    assertThat(stage.connection.directory().person(new UserRef("T0BAND", "U0BOB")))
        .isInstanceOfSatisfying(
            DirectoryAnswer.Known.class,
            known -> assertThat(known.value().toString()).contains("Bob <R&D>"));
  }
}
