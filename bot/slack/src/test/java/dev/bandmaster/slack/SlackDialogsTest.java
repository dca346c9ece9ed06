package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.simulator.control.Submission.Accepted;
import dev.bandmaster.simulator.control.Submission.Errors;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.socket.Delivery;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackDialogsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UserRef BOB = new UserRef("T0BAND", "U0BOB");

  /** A button {@code reject} and a slash command {@code why} that ask for a reason. */
  private static final DialogTriggers PROMPTS =
      new DialogTriggers() {
        @Override
        public Optional<Dialog> clicked(String action, String value) {
          return Optional.of(value).filter(each -> action.equals("reject")).map(this::dialog);
        }

        @Override
        public Optional<Dialog> slashed(String text) {
          return Optional.of(text).filter(each -> each.equals("why")).map(this::dialog);
        }

        private Dialog dialog(String memory) {
          return new Dialog(
              "reject",
              "Reject",
              "Reject",
              List.of(new Dialog.Line("reason", "Why not?", "", true, true, 500)),
              memory);
        }

        @Override
        public Map<String, String> mistakes(
            String dialog, String memory, Map<String, String> values) {
          return values.getOrDefault("reason", "").length() < 5
              ? Map.of("reason", "Say a little more.")
              : Map.of();
        }
      };

  private final Stage stage = Stage.prompting(PROMPTS);

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  /** Posts a button in a thread, lets Bob click it and gives what came of the click. */
  private Inbound clicked() {
    String asked = stage.slack.say("ann", "#deploys", "hello");
    String ts =
        stage.buttons(
            asked, new Button("reject", "a-1", "Reject", Button.Style.PLAIN, Optional.empty()));
    assertThat(stage.slack.click("bob", "#deploys", ts, "reject"))
        .isInstanceOf(Delivery.Acknowledged.class);
    return inbound(1);
  }

  private Inbound inbound(int count) {
    return ((Interpretation.Addressed) interpret(count)).inbound();
  }

  private Interpretation interpret(int count) {
    return stage.connection.interpreter().interpret(stage.envelopes(count).getLast());
  }

  private JsonNode payload(int count) throws IOException {
    return JSON.readTree(stage.envelopes(count).getLast()).path("payload");
  }

  private JsonNode screen() {
    return stage.slack.interactions().views("bob").getLast();
  }

  private static ObjectNode reason(String text) {
    ObjectNode values = JSON.createObjectNode();
    values.putObject("reason").put("value", text);
    return values;
  }

  @Test
  void aClickOpensItsDialogBeforeAnythingIsLookedUp() {
    assertThat(clicked())
        .isInstanceOfSatisfying(
            Inbound.ButtonClick.class,
            clicked ->
                assertThat(clicked.dialog().orElseThrow())
                    .isInstanceOfSatisfying(
                        Dialogs.OnScreen.class,
                        shown -> {
                          assertThat(shown.screen().channel()).isEqualTo("C0DEPLOYS");
                          assertThat(shown.screen().thread()).isEqualTo(clicked.place().thread());
                        }));
    assertThat(screen().path("callback_id").asText()).isEqualTo("reject");
    List<String> calls = stage.slack.calls().stream().map(call -> call.method()).toList();
    int opened = calls.indexOf("views.open");
    assertThat(calls.subList(0, opened)).doesNotContain("conversations.info", "users.info");
    assertThat(calls.subList(opened, calls.size())).contains("conversations.info");
  }

  @Test
  void aSlashCommandOpensItsDialog() {
    stage.slack.slash("bob", "#deploys", "/bandmaster", "why");
    assertThat(inbound(1))
        .isInstanceOfSatisfying(
            Inbound.SlashCommand.class,
            slashed -> assertThat(slashed.dialog()).containsInstanceOf(Dialogs.OnScreen.class));
    assertThat(screen().path("title").path("text").asText()).isEqualTo("Reject");
  }

  @Test
  void whatIsSentComesBackWithWhereItWasAskedAndWhatWasToBeRemembered() {
    Inbound click = clicked();
    assertThat(stage.slack.submit("bob", screen().path("id").asText(), reason(" too early ")))
        .isInstanceOf(Accepted.class);
    assertThat(inbound(2))
        .isEqualTo(
            new Inbound.DialogSubmitted(
                BOB, click.place(), "reject", "a-1", Map.of("reason", "too early")));
    assertThat(stage.slack.interactions().views("bob")).isEmpty();
  }

  @Test
  void aMistakeIsShownAtItsFieldAndNothingElseIsDone() {
    clicked();
    String view = screen().path("id").asText();
    assertThat(stage.slack.submit("bob", view, reason("no")))
        .isInstanceOfSatisfying(
            Errors.class,
            errors ->
                assertThat(errors.messages().path("reason").asText())
                    .isEqualTo("Say a little more."));
    assertThat(interpret(2)).isEqualTo(new Interpretation.Ignored(IgnoredReason.DIALOG_INVALID));
    assertThat(stage.connection.ignored(IgnoredReason.DIALOG_INVALID)).isEqualTo(1);
    assertThat(stage.slack.submit("bob", view, reason("too early"))).isInstanceOf(Accepted.class);
    assertThat(inbound(3)).isInstanceOf(Inbound.DialogSubmitted.class);
  }

  @Test
  void aDialogThatIsReplacedStaysOnTheScreenWithItsOrigin() throws IOException {
    Dialogs.Screen screen =
        ((Dialogs.OnScreen) ((Inbound.ButtonClick) clicked()).dialog().orElseThrow()).screen();
    Dialog other = new Dialog("other", "Other", "Go", List.of(new Dialog.Tick("t", "t", "")), "m");
    assertThat(stage.connection.dialogs().replace(screen, other))
        .isEqualTo(new Dialogs.OnScreen(screen));
    stage.slack.submit("bob", screen().path("id").asText(), JSON.createObjectNode());
    assertThat(Submission.read(payload(2)))
        .contains(
            new Submission(
                "other", new DialogOrigin(screen.channel(), screen.thread(), "m"), Map.of()));
  }

  @Test
  void anActThatIsHandledAgainFindsTheDialogItHadOpened() {
    Inbound.ButtonClick first = (Inbound.ButtonClick) clicked();
    Inbound.ButtonClick again = (Inbound.ButtonClick) inbound(1);
    assertThat(again.dialog()).isEqualTo(first.dialog());
    assertThat(stage.slack.interactions().views("bob")).hasSize(1);
  }

  @Test
  void aDialogThatCannotBeOpenedSaysWhy() {
    Dialog dialog = PROMPTS.clicked("reject", "a-1").orElseThrow();
    Dialogs dialogs = stage.connection.dialogs();
    assertThat(dialogs.open("1.2.made-up", "C0DEPLOYS", Optional.empty(), dialog))
        .isEqualTo(new Dialogs.NotOpened("Slack refused views.open. (invalid_trigger_id)"));
    Dialogs.Screen gone = new Dialogs.Screen("by:nobody", "C0DEPLOYS", Optional.empty());
    assertThat(dialogs.replace(gone, dialog))
        .isEqualTo(new Dialogs.NotOpened("It was closed too early. (not_found)"));
    stage.slack.fault(Fault.of(Fault.Kind.RATE_LIMIT).on("views.open"));
    assertThat(dialogs.open("1.2.made-up", "C0DEPLOYS", Optional.empty(), dialog))
        .isEqualTo(new Dialogs.NotOpened("Slack limits views.open for 1 s."));
  }
}
