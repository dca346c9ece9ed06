package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.simulator.workspace.Enterprise;
import dev.bandmaster.simulator.workspace.Person.Standing;
import dev.bandmaster.simulator.workspace.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People of an organization with many workspaces: whatever ids a payload has, it is one person. */
class GridTest {
  private static final UserRef ANN = new UserRef("E0BAND", "W0ANN");

  private Stage stage = Stage.in(Workspace.grid());

  @AfterEach
  void close() throws IOException {
    stage.close();
  }

  private void move(Workspace workspace) throws IOException {
    stage.close();
    stage = Stage.in(workspace);
  }

  private Inbound last(int envelopes) {
    Interpretation meaning =
        stage.connection.interpreter().interpret(stage.envelopes(envelopes).getLast());
    assertThat(meaning).isInstanceOf(Interpretation.Addressed.class);
    return ((Interpretation.Addressed) meaning).inbound();
  }

  private Person person(UserRef sender) {
    return switch (stage.connection.directory().person(sender)) {
      case DirectoryAnswer.Known<Person>(var person, var age) -> person;
      case DirectoryAnswer.Unknown<Person>(var reason) -> throw new AssertionError(reason);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "ann@T0BAND", "ann@T0LAB", "ann@E0BAND", "ann@"})
  void trustT1_slackK2_wordsOfOnePersonHaveOneSenderFromWhereverTheyCome(String as) {
    stage.slack.say(as, "#deploys", "@bandmaster ping");
    assertThat(last(1).sender()).isEqualTo(ANN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "ann@T0LAB", "ann@E0BAND", "ann@"})
  void trustT1_slackK2_slashCommandsClicksAndTheHomeTabToo(String as) {
    assertThat(stage.slack.slash(as, "#deploys", "/bandmaster", "ping")).isNotNull();
    assertThat(last(1).sender()).isEqualTo(ANN);
    String asked = stage.slack.say("ann", "#deploys", "hello");
    String ts =
        stage.buttons(asked, new Button("approve", "1", "A", Button.Style.PLAIN, Optional.empty()));
    assertThat(stage.slack.click(as, "#deploys", ts, "approve")).isNotNull();
    assertThat(last(2).sender()).isEqualTo(ANN);
    stage.slack.people().openHome(as, "home");
    assertThat(last(3).sender()).isEqualTo(ANN);
    assertThat(last(3).place().channel()).isEqualTo("D0ANN");
  }

  @ParameterizedTest
  @CsvSource({
    "T0BAND, U0ANN, MEMBER",
    "T0LAB, U0ANN, MEMBER",
    "E0BAND, U0ANN, MEMBER",
    "E0BAND, W0ANN, MEMBER",
    "T0BAND, U0GUS, GUEST",
    "E0BAND, U0GUS, GUEST",
    "T0BAND, U0DAN, DEACTIVATED",
    "T0EXT, U0ANN, EXTERNAL",
    "T0LAB, U0GUS, EXTERNAL",
    "E0OTHER, U0ANN, EXTERNAL",
    "T0EXT, W0EVE, EXTERNAL",
    "E0BAND, W0EVE, EXTERNAL"
  })
  void slackK2_whoIsOurs(String team, String user, Person.Kind kind) {
    assertThat(person(new UserRef(team, user)).kind()).isEqualTo(kind);
  }

  @Test
  void slackK2_whoseAccountIsDescribedWithTheOrganizationIsOurs() throws IOException {
    Workspace grid = Workspace.grid();
    move(grid.with(grid.person("ann").orElseThrow().of("E0BAND")));
    assertThat(person(new UserRef("T0LAB", "U0ANN")))
        .satisfies(ann -> {
          assertThat(ann.kind()).isEqualTo(Person.Kind.MEMBER);
          assertThat(ann.sender()).isEqualTo(ANN);
        });
  }

  @Test
  void slackK2_whoIsInAnotherWorkspaceOfTheOrganizationOnlyIsNotOurs() throws IOException {
    Workspace grid = Workspace.grid();
    move(grid.with(grid.person("ann").orElseThrow().in(Set.of("T0LAB")).of("T0LAB")));
    assertThat(person(new UserRef("T0LAB", "U0ANN")).kind()).isEqualTo(Person.Kind.EXTERNAL);
    assertThat(person(new UserRef("E0BAND", "U0ANN")).kind()).isEqualTo(Person.Kind.EXTERNAL);
  }

  @Test
  void trustT1_aPersonIsKnownByAllIdsAndHasTheGroupsOfAllOfThem() {
    Person ann = person(new UserRef("T0LAB", "U0ANN"));
    assertThat(ann.sender()).isEqualTo(ANN);
    assertThat(ann.aliases())
        .contains(
            new UserRef("T0BAND", "U0ANN"),
            new UserRef("T0LAB", "U0ANN"),
            new UserRef("E0BAND", "U0ANN"),
            new UserRef("T0BAND", "W0ANN"))
        .doesNotContain(ANN);
    assertThat(ann.groups()).containsExactly("S0DEVELOPERS");
    assertThat(person(ANN).sender()).as("the canonical id stands for itself").isEqualTo(ANN);
    assertThat(person(ANN).groups())
        .as("the group lists her other id")
        .containsExactly("S0DEVELOPERS");
  }

  @Test
  void slackK1_aChangeOfAnAccountIsReceivedUnderAllItsIds() {
    assertThat(person(ANN).kind()).isEqualTo(Person.Kind.MEMBER);
    assertThat(person(new UserRef("T0LAB", "U0ANN")).kind()).isEqualTo(Person.Kind.MEMBER);
    stage.slack.lab().changePerson("ann", ann -> ann.withStanding(Standing.DEACTIVATED));
    assertThat(stage.connection.interpreter().interpret(stage.envelopes(1).getLast()))
        .isInstanceOf(Interpretation.Noted.class);
    assertThat(person(ANN).kind()).isEqualTo(Person.Kind.DEACTIVATED);
    assertThat(person(new UserRef("T0LAB", "U0ANN")).kind()).isEqualTo(Person.Kind.DEACTIVATED);
  }

  @Test
  void slackK2_anInstallationForTheWholeOrganizationWorks() throws IOException {
    move(Workspace.grid().inEnterprise(new Enterprise("E0BAND", "Bandmaster Organization", true)));
    stage.slack.say("ann@T0LAB", "#deploys", "@bandmaster ping");
    assertThat(last(1).sender()).isEqualTo(ANN);
    assertThat(person(new UserRef("T0LAB", "U0ANN")).groups()).containsExactly("S0DEVELOPERS");
    assertThat(stage.connection.directory().members(Set.of(), Set.of("S0SRE"), Duration.ofHours(1)))
        .isInstanceOf(DirectoryAnswer.Known.class);
  }
}
