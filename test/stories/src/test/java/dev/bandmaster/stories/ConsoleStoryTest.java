package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.DeliveryMeaning;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.EnvelopeSink;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.demo.Demo;
import dev.bandmaster.demo.DemoWorld;
import dev.bandmaster.demo.console.Console;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.simulator.workspace.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The bot on a chat platform that is not Slack: nothing of the engine needs one. */
class ConsoleStoryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void chatPlatform_theHeadlessDemoDeploysWithoutAnySlack() {
    StringWriter printed = new StringWriter();

    int exitCode =
        Demo.commandLine()
            .setOut(new PrintWriter(printed))
            .execute(
                "--headless",
                "--chat",
                "console",
                "--say",
                "ping",
                "--say",
                "codeupdate staging web version=1.4.2");

    assertThat(printed.toString())
        .contains("ann: ping", "6 nodes · took", "api[1-2],db1,web[1-3]")
        .contains("ann: codeupdate staging web version=1.4.2", "2 nodes · took");
    assertThat(exitCode).as("%s", printed).isZero();
  }

  @Test
  void chatPlatform_theConsoleHasPeopleGroupsAndRefusals() throws Exception {
    List<String> printed = new CopyOnWriteArrayList<>();
    Console console = new Console(Workspace.defaults(), printed::add);
    try (DemoWorld world = DemoWorld.start(DemoWorld.Choices.USUAL.withChat(console))) {
      assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
      assertThat(world.bot().status()).containsEntry("Console", "open").doesNotContainKey("Slack");

      assertThat(console.say("ann", "whoami", PATIENCE)).contains(true);
      assertThat(printed).anySatisfy(text -> assertThat(text).contains("Ann Archer"));
      printed.clear();

      assertThat(console.say("ann", "codeupdate prod web version=1.4.2", PATIENCE))
          .as("a developer does not deploy to prod from a direct message")
          .contains(false);
      assertThat(console.say("eve", "ping", PATIENCE)).as("an outsider").contains(false);
      assertThat(console.say("bob", "codeupdate staging web version=1.5.0", PATIENCE))
          .as("a broken release")
          .contains(false);
      assertThat(printed).anySatisfy(text -> assertThat(text).contains("Rolled back to 1.4.1"));
    }
  }

  @Test
  void chatPlatform_aConsoleHasNoPage() {
    assertThat(Demo.commandLine().execute("--chat", "console")).isEqualTo(2);
  }

  @Test
  void chatPlatform_theConsolePrintsWhatHasChangedAndRefusesDialogs() throws IOException {
    List<String> printed = new CopyOnWriteArrayList<>();
    try (ChatPlatform platform =
        new Console(Workspace.defaults(), printed::add)
            .open(
                new ChatPlatform.Context(
                    (_, _, _, _) -> EnvelopeSink.Stored.STORED,
                    DialogTriggers.NONE,
                    ChatPlatform.Listener.of(_ -> {}, _ -> {}),
                    InstantSource.system(),
                    new Random(1)))) {
      Optional<String> posted = Optional.of(send(platform, "1 of 2 by ", Optional.empty()));
      send(platform, "1 of 2 by ", posted);
      send(platform, "2 of 2 by ", posted);

      assertThat(printed)
          .containsExactly("#ops bandmaster: 1 of 2 by @ann", "#ops bandmaster: 2 of 2 by @ann");
      assertThat(
              platform
                  .dialogs()
                  .open("t", "C0OPS", Optional.empty(), Dialog.saying("d", "Title", "Words")))
          .isInstanceOfSatisfying(
              Dialogs.NotOpened.class,
              refusal -> assertThat(refusal.reason()).startsWith("A console cannot show dialogs."));
      assertThat(platform.interpreter().interpret("no line"))
          .isInstanceOf(DeliveryMeaning.Unreadable.class);
    }
  }

  private static String send(ChatPlatform platform, String text, Optional<String> previous) {
    ConversationRef ops =
        new ConversationRef("C0OPS", ConversationRef.Kind.CHANNEL, Optional.empty());
    Message message = Message.of(new Message.Paragraph(Text.plain(text).person("U0ANN")));
    Chat.Sent sent =
        platform
            .chat()
            .send("item", new Outbound.ChannelMessage(ops, message, false), previous, false);
    assertThat(sent).isInstanceOf(Chat.Sent.Done.class);
    return ((Chat.Sent.Done) sent).timestamp();
  }
}
