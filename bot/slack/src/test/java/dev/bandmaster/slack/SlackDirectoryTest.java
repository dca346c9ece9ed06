package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.simulator.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SlackDirectoryTest {

  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final UserRef BOB = new UserRef("T0BAND", "U0BOB");

  private final Stage stage = Stage.open();
  private final SlackDirectory directory = stage.connection.directory();

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  @ParameterizedTest
  @CsvSource({
    "T0BAND, U0ANN, MEMBER",
    "T0BAND, U0BOB, MEMBER",
    "T0EXT, W0EVE, EXTERNAL",
    "T0BAND, W0EVE, EXTERNAL",
    "T0EXT, U0ANN, EXTERNAL",
    "T0BAND, U0GUS, GUEST",
    "T0BAND, U0DAN, DEACTIVATED",
    "T0BAND, U0BANDMASTER, BOT"
  })
  void theKindOfAnAccountIsSlacksWord(String team, String user, Person.Kind kind) {
    assertThat(known(directory.person(new UserRef(team, user))).kind()).isEqualTo(kind);
  }

  @Test
  void groupsAreKnownByTheirIds() {
    assertThat(known(directory.person(new UserRef("T0BAND", "U0ANN"))).groups())
        .containsExactly("S0DEVELOPERS");
  }

  @Test
  void aSecondQuestionIsAnsweredFromMemory() {
    for (int question = 0; question < 3; question++) {
      assertThat(known(directory.person(new UserRef("T0BAND", "U0ANN")))).isNotNull();
    }
    assertThat(stage.calls("users.info")).isEqualTo(1);
    assertThat(stage.calls("usergroups.list")).isEqualTo(1);
    directory.forgetUser(Set.of("U0ANN"));
    directory.forgetGroups();
    assertThat(known(directory.person(new UserRef("T0BAND", "U0ANN")))).isNotNull();
    assertThat(stage.calls("users.info")).isEqualTo(2);
    assertThat(stage.calls("usergroups.list")).isEqualTo(2);
  }

  @Test
  void whoCannotBeAskedForIsUnknownAndAskedForAgain() {
    assertThat(known(directory.person(new UserRef("T0BAND", "U0BOB")))).isNotNull();
    stage.slack.fault(Fault.of(Fault.Kind.HTTP_STATUS).on("users.info").times(0));
    assertThat(directory.person(new UserRef("T0BAND", "U0ANN")))
        .isInstanceOfSatisfying(
            DirectoryAnswer.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("I could not look up"));
    stage.slack.lab().clearFaults(null);
    assertThat(known(directory.person(new UserRef("T0BAND", "U0ANN")))).isNotNull();
  }

  @Test
  void groupsThatCannotBeAskedForAreBelievedForSomeMinutes() {
    assertThat(known(directory.person(new UserRef("T0BAND", "U0ANN")))).isNotNull();
    directory.forgetGroups();
    stage.slack.fault(Fault.of(Fault.Kind.HTTP_STATUS).on("usergroups.list").times(0));
    assertThat(known(directory.person(new UserRef("T0BAND", "U0ANN"))).groups())
        .containsExactly("S0DEVELOPERS");
  }

  @Test
  void approvalP3_whereItMattersGroupsAreAtMostAMinuteOldOrNotKnownAtAll() {
    SettableClock clock = new SettableClock(Instant.parse("2026-03-02T12:00:00Z"));
    SlackDirectory strict = stage.directory(clock);
    assertThat(look(strict)).isInstanceOf(DirectoryAnswer.Known.class);
    clock.advance(MINUTE);
    assertThat(look(strict))
        .as("as old as it may be")
        .isInstanceOfSatisfying(
            DirectoryAnswer.Known.class, known -> assertThat(known.age()).isEqualTo(MINUTE));
    assertThat(stage.calls("usergroups.list")).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    assertThat(look(strict))
        .as("older, so Slack is asked")
        .isInstanceOfSatisfying(
            DirectoryAnswer.Known.class, known -> assertThat(known.age()).isEqualTo(Duration.ZERO));
    assertThat(stage.calls("usergroups.list")).isEqualTo(2);

    stage.slack.fault(Fault.of(Fault.Kind.HTTP_STATUS).on("usergroups.list").times(0));
    clock.advance(MINUTE.plusSeconds(1));
    assertThat(look(strict))
        .isInstanceOfSatisfying(
            DirectoryAnswer.Unknown.class,
            unknown ->
                assertThat(unknown.reason()).contains("the user groups", "could not look up"));
    assertThat(strict.person(BOB))
        .as("where it matters less it is believed a while")
        .isInstanceOf(DirectoryAnswer.Known.class);
  }

  @Test
  void approvalP3_whereItMattersAChangeThatSlackReportedIsNeverOverlooked() {
    SettableClock clock = new SettableClock(Instant.parse("2026-03-02T12:00:00Z"));
    SlackDirectory strict = stage.directory(clock);
    assertThat(look(strict)).isInstanceOf(DirectoryAnswer.Known.class);
    clock.advance(Duration.ofSeconds(1));
    strict.forgetGroups();
    stage.slack.fault(Fault.of(Fault.Kind.HTTP_STATUS).on("usergroups.list").times(0));
    assertThat(look(strict)).isInstanceOf(DirectoryAnswer.Unknown.class);
    assertThat(strict.members(Set.of(), Set.of("S0SRE"), MINUTE))
        .isInstanceOf(DirectoryAnswer.Unknown.class);
  }

  @Test
  void approvalP3_whereItMattersAnAccountIsAtMostAMinuteOldOrNotKnownAtAll() {
    SettableClock clock = new SettableClock(Instant.parse("2026-03-02T12:00:00Z"));
    SlackDirectory strict = stage.directory(clock);
    assertThat(look(strict)).isInstanceOf(DirectoryAnswer.Known.class);
    stage.slack.fault(Fault.of(Fault.Kind.HTTP_STATUS).on("users.info").times(0));
    clock.advance(MINUTE);
    assertThat(look(strict)).isInstanceOf(DirectoryAnswer.Known.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(look(strict))
        .isInstanceOfSatisfying(
            DirectoryAnswer.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("who you are"));
  }

  private static DirectoryAnswer<Person> look(SlackDirectory directory) {
    return directory.person(BOB, MINUTE);
  }

  @ParameterizedTest
  @CsvSource({"C0PARTNERS, SHARED_CHANNEL", "C0DEPLOYS, CHANNEL", "D0ANY, DIRECT"})
  void channelsSharedWithOthersAreKnown(String channel, ConversationRef.Kind kind) {
    assertThat(known(directory.kind(channel))).isEqualTo(kind);
  }

  static Stream<Fault> failuresOfAMoment() {
    return Stream.of(
        Fault.of(Fault.Kind.HTTP_STATUS).times(2),
        Fault.of(Fault.Kind.RATE_LIMIT),
        Fault.of(Fault.Kind.RATELIMITED),
        Fault.of(Fault.Kind.RATE_LIMIT_WITHOUT_HEADER),
        Fault.of(Fault.Kind.BAD_JSON),
        Fault.of(Fault.Kind.EMPTY_BODY),
        Fault.of(Fault.Kind.HTML_BODY),
        Fault.of(Fault.Kind.ERROR).saying("internal_error"),
        Fault.of(Fault.Kind.DROP_AFTER_RECEIVING));
  }

  @ParameterizedTest
  @MethodSource("failuresOfAMoment")
  void slackK6_aLookUpThatFailsForAMomentIsRepeated(Fault fault) {
    for (String method : new String[] {"users.info", "usergroups.list", "conversations.info"}) {
      stage.slack.fault(fault.on(method));
    }
    assertThat(known(directory.person(BOB)).groups()).containsExactly("S0SRE");
    assertThat(known(directory.kind("C0DEPLOYS"))).isEqualTo(ConversationRef.Kind.CHANNEL);
  }

  @Test
  void slackK6_aRefusalIsNoFailureOfAMoment() {
    stage.slack.fault(Fault.of(Fault.Kind.ERROR).saying("user_not_found").on("users.info"));
    assertThat(directory.person(BOB)).isInstanceOf(DirectoryAnswer.Unknown.class);
    assertThat(stage.calls("users.info")).isEqualTo(1);
  }

  private static <T> T known(DirectoryAnswer<T> answer) {
    return switch (answer) {
      case DirectoryAnswer.Known<T>(var value, var age) -> value;
      case DirectoryAnswer.Unknown<T>(var reason) -> throw new AssertionError(reason);
    };
  }
}
