package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ChatFigure;
import dev.bandmaster.core.chat.ChatHealth;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.DeliveryMeaning;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory.Gathering;
import dev.bandmaster.core.chat.FreshDirectory.Seen;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.simulator.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slack through the ports that the rest of the bot knows. */
class SlackPlatformTest {
  private static final UserRef ANN = new UserRef("T0BAND", "U0ANN");

  private final SlackSimulator slack =
      SlackSimulator.start(Workspace.defaults(), SimulatorOptions.defaults().withRateScale(0));
  private final Stage.Inbox inbox = new Stage.Inbox();
  private final List<String> fatal = new CopyOnWriteArrayList<>();
  private final List<Duration> acknowledged = new CopyOnWriteArrayList<>();

  private ChatPlatform open(String appToken) {
    return SlackPlatform.with(
            new SlackSettings(
                appToken,
                slack.workspace().bot().botToken(),
                URI.create(slack.apiUrl()),
                Duration.ofSeconds(5),
                Stage.TIMINGS))
        .open(
            new ChatPlatform.Context(
                inbox,
                DialogTriggers.NONE,
                ChatPlatform.Listener.of(acknowledged::add, fatal::add),
                InstantSource.system(),
                new Random(1)));
  }

  private ChatPlatform connected() {
    ChatPlatform platform = open(slack.workspace().bot().appToken());
    assertThat(platform.health().connected()).as("before the start").isFalse();
    platform.start();
    Stage.await(() -> platform.health().connected());
    return platform;
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void chatPlatform_whatIsSaidIsStoredAcknowledgedAndUnderstood() throws IOException {
    try (ChatPlatform platform = connected()) {
      slack.say("ann", "@ann", "ping");
      Stage.await(() -> !inbox.order.isEmpty() && !acknowledged.isEmpty());

      assertThat(platform.interpreter().interpret(inbox.order.getFirst()))
          .isInstanceOfSatisfying(
              DeliveryMeaning.Wish.class,
              wish ->
                  assertThat(wish.inbound())
                      .isInstanceOfSatisfying(
                          Inbound.MessageReceived.class,
                          said -> {
                            assertThat(said.text()).isEqualTo("ping");
                            assertThat(said.sender()).isEqualTo(ANN);
                          }));
      assertThat(platform.interpreter().interpret("{}"))
          .isNotInstanceOf(DeliveryMeaning.Wish.class);

      platform.stopReceiving();

      assertThat(platform.health().connected()).isFalse();
      assertThat(platform.health().description()).startsWith("stopped");
    }
  }

  @Test
  void chatPlatform_theDirectoryKnowsPeopleAndGroups() throws IOException {
    try (ChatPlatform platform = connected()) {
      assertThat(platform.directory().find(ANN))
          .isInstanceOfSatisfying(
              Directory.Known.class,
              known -> assertThat(known.person().kind()).isEqualTo(Person.Kind.MEMBER));
      assertThat(platform.directory().find(new UserRef("T0BAND", "U0NOBODY")))
          .isInstanceOf(Directory.Unknown.class);
      assertThat(platform.freshDirectory().look(ANN, Duration.ofMinutes(1)))
          .isInstanceOf(Seen.Known.class);
      assertThat(platform.freshDirectory().gather(Set.of(), Set.of("S0SRE"), Duration.ZERO))
          .isInstanceOfSatisfying(
              Gathering.Known.class,
              known -> assertThat(known.people()).contains(new UserRef("T0BAND", "U0BOB")));
      assertThat(platform.freshDirectory().directWith(ANN))
          .hasValueSatisfying(place -> assertThat(place.channel()).isEqualTo("D0ANN"));
    }
  }

  @Test
  void chatPlatform_figuresKeepTheirNames() throws IOException {
    try (ChatPlatform platform = open("xapp-none")) {
      assertThat(platform.id()).isEqualTo("slack");
      assertThat(platform.figures().stream().map(ChatFigure::name).distinct())
          .containsExactly(
              "sockets",
              "sockets.opened",
              "sockets.suspected",
              "last.message.age.seconds",
              "ignored");
      assertThat(platform.figures().stream().filter(figure -> figure.name().equals("ignored")))
          .hasSize(IgnoredReason.values().length)
          .allSatisfy(figure -> assertThat(figure.labels()).containsOnlyKeys("reason"));
    }
  }

  @Test
  void chatPlatform_aTokenThatNobodyAcceptsIsFatal() throws IOException {
    try (ChatPlatform platform = open("xapp-wrong")) {
      platform.start();

      Stage.await(() -> !fatal.isEmpty());
    }
  }

  @Test
  void chatPlatform_healthSaysWhatItKnowsOfTheSockets() {
    SocketHealth quiet =
        new SocketHealth(
            SocketHealth.State.CONNECTED,
            1,
            Optional.empty(),
            Optional.of(Instant.parse("2026-05-04T10:00:00.5Z")),
            3,
            2,
            1,
            List.of(),
            "");

    assertThat(SlackPlatform.of(quiet))
        .isEqualTo(
            new ChatHealth(
                true,
                "connected, 1 socket, last heard 2026-05-04T10:00:00Z, 2 replaced after a long"
                    + " silence"));
  }

  @Test
  void chatPlatform_theIdsOfSlackAreDistinguished() {
    assertThat(SlackIds.SYNTAX.user().matches("U0ANN")).isTrue();
    assertThat(SlackIds.SYNTAX.user().matches("W0EVE")).isTrue();
    assertThat(SlackIds.SYNTAX.group().matches("S0SRE")).isTrue();
    assertThat(SlackIds.SYNTAX.channel().matches("C0OPS")).isTrue();
    assertThat(SlackIds.SYNTAX.channel().matches("G0OPS")).isTrue();
    assertThat(SlackIds.SYNTAX.isOutsider("T0EXT:W0EVE")).isTrue();
    assertThat(SlackIds.SYNTAX.isOutsider("E0BAND:U0ANN")).isTrue();
    for (String none : List.of("u0ann", "U", "U0ANN ", "S0SRE:U0ANN", "T0EXT:", ":U0ANN", "*")) {
      assertThat(SlackIds.SYNTAX.user().matches(none)).as(none).isFalse();
      assertThat(SlackIds.SYNTAX.isOutsider(none)).as(none).isFalse();
    }
    assertThat(SlackIds.SYNTAX.channel().matches("D0ANN")).as("direct messages").isFalse();
  }

  @Test
  void slackK3_aPlatformWhoseTokenIsRefusedIsNotConnectedAndSaysWhy() throws Exception {
    try (ChatPlatform platform = connected()) {
      assertThat(platform.refusal()).isEmpty();
      slack.fault(Fault.of(Fault.Kind.ERROR).saying("token_revoked").on("auth.test").times(0));
      Stage.await(() ->
          platform.chat().send("p", new Outbound.Heartbeat(Instant.EPOCH), Optional.empty(), false)
                  instanceof Chat.Sent.Later
              && platform.refusal().isPresent());
      assertThat(platform.health().connected()).isFalse();
      assertThat(platform.health().description()).contains("token_revoked", "Reinstall");
    }
  }
}
