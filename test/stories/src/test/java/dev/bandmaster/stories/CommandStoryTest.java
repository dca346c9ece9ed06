package dev.bandmaster.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.demo.DemoWorld;
import dev.bandmaster.demo.DemoWorld.Choices;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.fault.Fault;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.Conversation.Ending;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people can do in the demo, and what they are told when they cannot. */
class CommandStoryTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static DemoWorld world;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    world = DemoWorld.start(Choices.USUAL.withRateScale(0));
    assertThat(world.awaitReady(PATIENCE)).as("the demo is ready").isTrue();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @AfterEach
  void peopleU1_nothingWasSaidThatSlackShowsToNobody() {
    assertThat(world.slack().people().hidden()).isEmpty();
  }

  private static Ending says(String person, String line) throws InterruptedException {
    return Conversation.direct(world.slack(), person).say(line, PATIENCE).orElseThrow();
  }

  @Test
  void pingIsAnsweredByAllNodesInOneFoldedLine() throws InterruptedException {
    Ending ending = says("ann", "ping");

    assertThat(ending.isGood()).isTrue();
    assertThat(ending.thread()).as("one message per job").hasSize(2);
    assertThat(ending.answer())
        .contains("6 nodes · took", "api[1-2],db1,web[1-3]", "(6): pong", "latency: min");
  }

  @Test
  void aDeployChangesWhatRunsAndABrokenOneGoesBack() throws InterruptedException {
    assertThat(says("ann", "codeupdate staging web version=1.4.2").answer())
        .contains("2 nodes · took", "web[1-2]");
    assertThat(says("ann", "discover web*").answer()).contains("web1\nstaging\nweb 1.4.2");

    Ending broken = says("ann", "codeupdate staging web version=1.5.0");

    assertThat(broken.isGood()).isFalse();
    assertThat(broken.answer()).contains("2 failed", "Rolled back to 1.4.2");
    assertThat(says("ann", "discover web*").answer()).contains("web1\nstaging\nweb 1.4.2");
  }

  @Test
  void aModuleRunsWithoutAShell() throws InterruptedException {
    assertThat(says("bob", "adhoc staging web1 command echo '$(id)' '; ls'").answer())
        .contains("$(id) ; ls");
    assertThat(says("bob", "adhoc staging web1 command cat /etc/passwd").isGood()).isFalse();
  }

  @Test
  void trap24_aDenialSaysWhyAndWhomToAsk() throws InterruptedException {
    Ending ending = says("ann", "codeupdate prod web version=1.4.2");

    assertThat(ending.isGood()).isFalse();
    assertThat(ending.answer())
        .contains("You may not run codeupdate on prod (web) here", "Ask one of them");
    assertThat(says("bob", "codeupdate prod web version=1.4.2").isGood()).isTrue();
  }

  @Test
  void trap24_aDenialInAChannelIsSeenByTheAskerAlone() throws InterruptedException {
    String question = world.slack().say("ann", "#ops", "@bandmaster lock prod web the fair");

    SeenMessage answer =
        eventually(
            () -> everythingIn("#ops"),
            message -> message.ephemeralTo() != null && message.shown().contains("lock"));

    assertThat(answer.ephemeralTo()).isEqualTo("U0ANN");
    assertThat(answer.shown()).contains("You may not run lock on prod");
    assertThat(answer.threadTs()).as("the thread is not active").isNull();
    assertThat(world.slack().thread("#ops", question)).noneMatch(CommandStoryTest::isTheBots);
  }

  /** What Ann sees of the bot in a conversation, or in a thread of it. */
  private static SeenMessage annSees(String channel, @Nullable String thread, String words)
      throws InterruptedException {
    return eventually(
        () -> world.slack().people().messages(channel, thread, "ann").stream(),
        message -> message.user().equals("U0BANDMASTER") && message.shown().contains(words));
  }

  @Test
  void peopleU1_aMistakeByMentionIsSeenInTheChannel() throws InterruptedException {
    Ending ending =
        new Conversation(world.slack(), "ann", "#ops")
            .say("@bandmaster pingg mention", PATIENCE)
            .orElseThrow();

    assertThat(ending.isGood()).isFalse();
    assertThat(ending.answer()).contains("Did you mean 'ping'?");
    assertThat(annSees("#ops", null, "'pingg'").ephemeralTo()).isEqualTo("U0ANN");
  }

  @Test
  void peopleU1_aMistakeInAThreadOfAChannelIsSeenThere() throws InterruptedException {
    String thread = world.slack().say("bob", "#ops", "is it up?");
    world.slack().say("ann", "#ops", "@bandmaster pinggg", thread);

    assertThat(annSees("#ops", thread, "'pinggg'").ephemeralTo()).isEqualTo("U0ANN");
  }

  @Test
  void peopleU1_aMistakeInAThreadOfADirectMessageIsSeenThere() throws InterruptedException {
    String thread = world.slack().say("ann", "@bandmaster", "whoami");
    world.slack().say("ann", "@bandmaster", "pngi", thread);

    assertThat(annSees("@bandmaster", thread, "'pngi'").ephemeralTo()).isNull();
  }

  @Test
  void peopleU1_aMistakeBySlashCommandIsSeenInTheChannel() throws InterruptedException {
    world.slack().slash("ann", "#deploys", "/bandmaster", "pnnig");

    assertThat(annSees("#deploys", null, "'pnnig'").ephemeralTo()).isEqualTo("U0ANN");
  }

  @Test
  void peopleU1_whereTheBotIsNotASlashCommandIsAnsweredByDirectMessageWithItsContent()
      throws InterruptedException {
    world.slack().slash("ann", "#random", "/bandmaster", "pnigg");

    assertThat(annSees("@bandmaster", null, "'pnigg'").shown())
        .contains("The bot is not in the channel", "/invite");
  }

  @Test
  void trap25_aMentionIsAnsweredInItsThread() throws InterruptedException {
    Ending ending =
        new Conversation(world.slack(), "ann", "#ops")
            .say("@bandmaster ping web*", PATIENCE)
            .orElseThrow();

    assertThat(ending.isGood()).isTrue();
    assertThat(ending.answer()).contains("3 nodes · took");
  }

  @Test
  void theSlashCommandIsAnsweredInTheChannel() throws InterruptedException {
    world.slack().slash("ann", "#deploys", "/bandmaster", "ping db1");

    assertThat(
            eventually(
                    () -> world.slack().messages("#deploys").stream(),
                    message -> message.shown().contains("1 node · took"))
                .shown())
        .contains("ping db1", "pong");
  }

  @Test
  void theButtonAsksTheSameAgain() throws InterruptedException {
    Ending ending = says("ann", "ping api1");
    SeenMessage answer = ending.thread().getLast();

    world.slack().click("ann", "@ann", answer.ts(), answer.actionIds().getFirst());

    eventually(
        () -> world.slack().thread("@ann", ending.thread().getFirst().ts()).stream().skip(2),
        message -> message.shown().contains("1 node · took"));
  }

  @Test
  void aStrangerLearnsNothing() throws InterruptedException {
    for (String line : List.of("help", "codeupdate x web", "pnig", "")) {
      assertThat(says("eve", line).answer())
          .as(line)
          .doesNotContain("staging", "prod", "ping", "codeupdate <");
    }
  }

  @Test
  void peopleU8_trap21_anEditedMessageRunsNothingButIsOffered() throws InterruptedException {
    Ending ending = says("ann", "whoami");
    int before = world.slack().envelopes().size();
    String question = ending.thread().getFirst().ts();

    world.slack().people().edit("ann", "@ann", question, "ping");

    eventually(() -> Stream.of(world.slack().envelopes().size()), count -> count > before);
    SeenMessage offer =
        eventually(
            () -> world.slack().thread("@ann", question).stream(),
            message -> message.shown().contains("An edited message is not run by itself"));
    assertThat(says("ann", "status").isGood()).isTrue();
    assertThat(world.slack().thread("@ann", question)).as("nothing ran").hasSize(3);

    world.slack().click("ann", "@ann", offer.ts(), "command.run");
    eventually(
        () -> world.slack().thread("@ann", question).stream(),
        message -> message.shown().contains("6 nodes · took"));
  }

  @Test
  void peopleU8_anEditThatIsNoCommandIsLeftAlone() throws InterruptedException {
    Ending ending = says("ann", "whoami");
    String question = ending.thread().getFirst().ts();
    int before = world.slack().envelopes().size();
    world.slack().people().edit("ann", "@ann", question, "sorry, I meant somebody else");
    eventually(() -> Stream.of(world.slack().envelopes().size()), count -> count > before);
    assertThat(says("ann", "status").isGood()).isTrue();
    assertThat(world.slack().thread("@ann", question)).hasSize(2);
  }

  @Test
  void trap21_whatIsDeliveredTwiceRunsOnce() throws InterruptedException {
    world.slack().fault(Fault.of(Fault.Kind.DELIVER_TWICE).times(1));

    Ending ending = says("ann", "ping web1");
    assertThat(says("ann", "status").isGood()).isTrue();

    assertThat(world.slack().thread("@ann", ending.thread().getFirst().ts())).hasSize(2);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("", "`help`"),
        Arguments.of("x".repeat(39_000), "at most 4,000 are allowed"),
        Arguments.of("\u0000\u0001\u0007 \ud83d", "Unknown command"),
        Arguments.of("ping \"web1", "never closed"),
        Arguments.of("pnig", "Did you mean 'ping'?"),
        Arguments.of("codeupdate staging", "<app> is missing"),
        Arguments.of("codeupdate stagin web", "Did you mean 'staging'?"),
        Arguments.of("codeupdate staging wbe", "Did you mean 'web'?"),
        Arguments.of("codeupdate staging web version=9.9.9", "There is no release 9.9.9 of web"),
        Arguments.of("codeupdate staging web --dry-rum", "Did you mean --dry-run?"),
        Arguments.of("codeupdate staging db", "No node in staging has db"),
        Arguments.of("ping nobody*", "No node matches 'nobody*'"),
        Arguments.of("ping (web1", "is invalid"),
        Arguments.of("adhoc staging web1 uptme", "Did you mean 'uptime'?"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void trap14_everyMistakeHasItsSentence(String line, String sentence) throws InterruptedException {
    Ending ending = says("bob", line);

    assertThat(ending.isGood()).isFalse();
    assertThat(ending.answer().replace("&lt;", "<").replace("&gt;", ">").replace("\u2060", ""))
        .contains(sentence);
  }

  private static Stream<SeenMessage> everythingIn(String channel) {
    return world.slack().people().everything(channel).stream();
  }

  private static boolean isTheBots(SeenMessage message) {
    return message.user().equals("U0BANDMASTER") && message.ephemeralTo() == null;
  }

  private static <T> T eventually(Supplier<Stream<T>> things, Predicate<T> wanted)
      throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      var found = things.get().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(20);
    }
    throw new AssertionError("it did not come within " + PATIENCE);
  }
}
