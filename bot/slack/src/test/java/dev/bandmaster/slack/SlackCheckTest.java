package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.SimulatorOptions;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.workspace.Workspace;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlackCheckTest {

  private static final String APP = Workspace.defaults().bot().appToken();
  private static final String BOT = Workspace.defaults().bot().botToken();

  @Test
  void aGoodInstallationHasNothingToFix() {
    assertThat(check(Workspace.defaults(), APP, BOT, "C0DEPLOYS"))
        .hasSize(4)
        .allMatch(CheckResult.Ok.class::isInstance);
  }

  @Test
  void trap34_missingScopesAreNamedWithWhatToDo() {
    Workspace plain = Workspace.defaults();
    Workspace poor =
        plain.withBot(plain.bot().withScopes(Set.of("chat:write", "channels:read", "commands")));
    assertThat(check(poor, APP, BOT))
        .filteredOn(CheckResult.Problem.class::isInstance)
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.toString())
                .contains("users:read")
                .doesNotContain("chat:write")
                .contains("reinstall the app"));
  }

  @Test
  void trap34_aChannelWithoutTheBotIsFound() {
    assertThat(check(Workspace.defaults(), APP, BOT, "C0RANDOM", "C0NONE"))
        .filteredOn(CheckResult.Problem.class::isInstance)
        .extracting(Object::toString)
        .satisfiesExactly(
            random -> assertThat(random).contains("C0RANDOM").contains("/invite"),
            none -> assertThat(none).contains("C0NONE").contains("channel_not_found"));
  }

  @Test
  void wrongTokensAreDistinguishedAndNotShown() {
    assertThat(check(Workspace.defaults(), "xapp-secret", "xoxb-secret"))
        .hasSize(2)
        .allSatisfy(finding ->
            assertThat(finding)
                .isInstanceOf(CheckResult.Problem.class)
                .asString()
                .contains("invalid_auth")
                .doesNotContain("secret"));
  }

  private static List<CheckResult> check(
      Workspace workspace, String appToken, String botToken, String... channels) {
    try (SlackSimulator slack = SlackSimulator.start(workspace, SimulatorOptions.defaults())) {
      return SlackCheck.run(
          SlackSettings.of(appToken, botToken, URI.create(slack.apiUrl())), List.of(channels));
    }
  }
}
