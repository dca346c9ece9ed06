package dev.bandmaster.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.time.ManualTime;
import dev.bandmaster.simulator.workspace.Enterprise;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shared channels and organizations (Enterprise Grid), as payloads show them. */
@Timeout(60)
final class GridTest {
  private final ManualTime time = new ManualTime();
  private SlackSimulator simulator = start(Workspace.grid());
  private Door door = new Door(simulator);

  private SlackSimulator start(Workspace workspace) {
    return SlackSimulator.start(workspace, SimulatorOptions.defaults().withTime(time, time));
  }

  private void move(Workspace workspace) {
    stop();
    simulator = start(workspace);
    door = new Door(simulator);
  }

  @AfterEach
  void stop() {
    door.close();
    simulator.close();
  }

  private JsonNode payload() throws Exception {
    List<JsonNode> all = door.sim("envelopes").path("envelopes").valueStream().toList();
    return all.getLast().path("payload");
  }

  @Test
  void simulatorM1_anEventInASharedChannelNamesTheHostOutsideAndTheWorkspaceInside()
      throws Exception {
    door.sim("say", "{'as':'eve','channel':'#joint','text':'@bandmaster hi'}");
    JsonNode payload = payload();
    assertThat(Json.text(payload, "team_id")).isEqualTo("T0EXT");
    assertThat(Json.text(payload, "context_team_id")).isEqualTo("T0BAND");
    assertThat(payload.at("/authorizations/0/team_id").asText()).isEqualTo("T0BAND");
    assertThat(payload.at("/authorizations/0/enterprise_id").asText()).isEqualTo("E0BAND");
    assertThat(payload.path("is_ext_shared_channel").asBoolean()).isTrue();
    assertThat(payload.at("/event/user_team").asText()).isEqualTo("T0EXT");
    JsonNode eve = door.api("users.info", "{'user':'W0EVE'}").path("user");
    assertThat(eve.path("is_stranger").asBoolean()).isTrue();
    assertThat(eve.has("enterprise_user")).isFalse();
    JsonNode channel = door.api("conversations.info", "{'channel':'C0JOINT'}").path("channel");
    assertThat(channel.path("is_ext_shared").asBoolean()).isTrue();
    assertThat(Json.text(channel, "conversation_host_id")).isEqualTo("T0EXT");
  }

  @Test
  void simulatorM1_aPersonOfAnOrganizationIsInSeveralWorkspaces() throws Exception {
    JsonNode ann = door.api("users.info", "{'user':'W0ANN'}").path("user");
    assertThat(Json.text(ann, "id")).isEqualTo("U0ANN");
    assertThat(ann.at("/enterprise_user/id").asText()).isEqualTo("W0ANN");
    assertThat(ann.at("/enterprise_user/enterprise_id").asText()).isEqualTo("E0BAND");
    assertThat(ann.at("/enterprise_user/teams").valueStream().map(JsonNode::asText))
        .containsExactly("T0BAND", "T0LAB");
    assertThat(door.api("auth.test", "{}").path("enterprise_id").asText()).isEqualTo("E0BAND");
  }

  @Test
  void simulatorM1_peopleActUnderTheIdOfAWorkspaceOfTheOrganizationOrOfNone() throws Exception {
    door.sim("say", "{'as':'ann@T0LAB','channel':'#ops','text':'@bandmaster hi'}");
    assertThat(payload().at("/event/team").asText()).isEqualTo("T0LAB");
    assertThat(payload().at("/event/user_team").asText()).isEqualTo("T0LAB");
    assertThat(payload().at("/event/user").asText()).isEqualTo("U0ANN");
    door.sim("say", "{'as':'ann@E0BAND','channel':'#ops','text':'@bandmaster hi'}");
    assertThat(payload().at("/event/team").asText()).isEqualTo("E0BAND");
    assertThat(payload().at("/event/user").asText()).isEqualTo("W0ANN");
    door.sim("say", "{'as':'ann@','channel':'#ops','text':'@bandmaster hi'}");
    assertThat(payload().at("/event/team").isNull()).isTrue();
    assertThat(door.sim("say", "{'as':'ann@T0EXT','channel':'#ops','text':'hi'}").toString())
        .contains("ann is not in the workspace 'T0EXT'");
  }

  @Test
  void simulatorM1_anInstallationForTheWholeOrganizationSeesThat() throws Exception {
    move(Workspace.grid().inEnterprise(new Enterprise("E0BAND", "Band", true)));
    door.sim("say", "{'as':'ann','channel':'#ops','text':'@bandmaster hi'}");
    JsonNode authorization = payload().at("/authorizations/0");
    assertThat(authorization.path("is_enterprise_install").asBoolean()).isTrue();
    assertThat(authorization.path("team_id").isNull()).isTrue();
    JsonNode self = door.api("auth.test", "{}");
    assertThat(Json.text(self, "team_id")).isEqualTo("E0BAND");
    assertThat(self.path("is_enterprise_install").asBoolean()).isTrue();
    assertThat(Json.text(door.api("usergroups.list", "{}"), "error")).isEqualTo("missing_argument");
    assertThat(door.api("usergroups.list", "{'team_id':'T0BAND'}").path("usergroups")).isNotEmpty();
    assertThat(door.api("auth.teams.list", "{}").at("/teams/0/id").asText()).isEqualTo("T0BAND");
  }

  @Test
  void simulatorM1_aChannelIsSharedAndNoLonger() throws Exception {
    assertThat(door.sim("share", "{'channel':'#ops'}").path("changed").asBoolean()).isTrue();
    assertThat(payload().at("/event/type").asText()).isEqualTo("channel_shared");
    assertThat(door.sim("share", "{'channel':'#ops'}").path("changed").asBoolean()).isFalse();
    door.sim("share", "{'channel':'#ops','remove':true}");
    assertThat(payload().at("/event/type").asText()).isEqualTo("channel_unshared");
  }

  @Test
  void simulatorM1_aFileDescribesAnOrganization(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("workspace.yaml");
    Files.writeString(
        file,
        """
        enterprise: {id: E0BAND, name: Band, org_wide: true}
        people:
          ann: {id: U0ANN, teams: [T0BAND, T0LAB], enterprise_id: W0ANN}
          bob: {id: U0BOB}
        channels:
          ops: {id: C0OPS, members: [ann, bob], host: T0LAB}
        """);
    Workspace workspace = Workspace.load(file);
    assertThat(workspace.enterprise()).contains(new Enterprise("E0BAND", "Band", true));
    assertThat(workspace.byId("W0ANN").orElseThrow().teams()).isEqualTo(Set.of("T0BAND", "T0LAB"));
    assertThat(workspace.byId("U0BOB").orElseThrow().enterpriseUserId()).isEqualTo("U0BOB");
    assertThat(workspace.channels().getFirst().host()).isEqualTo("T0LAB");
  }
}
