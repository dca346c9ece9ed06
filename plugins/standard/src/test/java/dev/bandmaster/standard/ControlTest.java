package dev.bandmaster.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.ApplicationChange;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Rollout.Size;
import dev.bandmaster.standard.codeupdate.CodeUpdate;
import dev.bandmaster.standard.control.Control;
import dev.bandmaster.standard.control.Control.Verb;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {
  private static final Map<String, List<String>> STAGING_WEB =
      Map.of("env", List.of("staging"), "app", List.of("web"));

  private final SmallFleet fleet = new SmallFleet();

  private Planned plan(Verb verb, String... more) {
    Map<String, List<String>> words = new HashMap<>(STAGING_WEB);
    for (int i = 0; i < more.length; i += 2) {
      words.put(more[i], List.of(more[i + 1]));
    }
    return fleet.plan(new Control(verb), words);
  }

  @ParameterizedTest
  @CsvSource({
    "START,start,start:app,true",
    "STOP,stop,stop,false",
    "RESTART,restart,restart,true",
    "RELOAD,reload,reload,true"
  })
  void commandW1_aVerbIsTheAgentsActionOnTheNodesThatHaveTheApplication(
      Verb verb, String word, String permission, boolean isChecked) {
    CommandPlugin plugin = new Control(verb);
    assertThat(plugin.declaration().name()).isEqualTo(word);
    assertThat(plugin.permission(new Arguments(STAGING_WEB))).isEqualTo(permission);
    assertThat(plugin.declaration().traits().change()).isEqualTo(ApplicationChange.RESTART);
    assertThat(plan(verb))
        .isInstanceOfSatisfying(
            Planned.Work.class,
            work -> {
              assertThat(work.title()).isEqualTo(word + " staging web");
              assertThat(work.capability() + "." + work.action()).isEqualTo("deploy." + word);
              assertThat(work.arguments()).isEqualTo(Data.Fields.EMPTY.with("app", "web"));
              assertThat(work.reach()).isEqualTo(new Reach.Frozen(List.of("web1", "web2")));
              assertThat(work.effect()).isEqualTo(Effect.CHANGES);
              assertThat(work.subject()).contains(new Planned.Subject("staging", "web", ""));
              assertThat(work.rollout().check().isPresent())
                  .as("what was stopped is not asked how it is")
                  .isEqualTo(isChecked);
            });
  }

  @Test
  void commandW1_theOptionsOfADeployHold() {
    assertThat(
            plan(Verb.RESTART, "canary", "1", "batch", "25%", "pause", "5m", "max-failures", "2"))
        .isInstanceOfSatisfying(
            Planned.Work.class,
            work -> {
              assertThat(work.rollout().canary()).isEqualTo(new Size(1, false));
              assertThat(work.rollout().batch()).isEqualTo(new Size(25, true));
              assertThat(work.rollout().pause()).isEqualTo(Duration.ofMinutes(5));
              assertThat(work.rollout().failures()).isEqualTo(new Size(2, false));
            });
  }

  @Test
  void commandW1_nodesNarrowItAndNeverWidenIt() {
    fleet.selected = List.of(SmallFleet.WEB1, SmallFleet.DB1);
    assertThat(plan(Verb.RESTART, "nodes", "web1,db1"))
        .isInstanceOfSatisfying(
            Planned.Work.class,
            work -> {
              assertThat(work.title()).isEqualTo("restart staging web web1,db1");
              assertThat(work.reach()).isEqualTo(new Reach.Frozen(List.of("web1")));
            });
    assertThat(fleet.filters).containsExactly("env=staging and (web1 or db1)");
    fleet.selected = List.of(SmallFleet.DB1);
    assertThat(plan(Verb.STOP, "nodes", "db1"))
        .isEqualTo(
            new Planned.Refused(
                "No node that matches 'db1' in staging has web. It is on web1, web2."));
    assertThat(plan(Verb.STOP, "nodes", "((")).isInstanceOf(Planned.Refused.class);
  }

  @Test
  void commandW1_whereNobodyHasItNothingIsPlanned() {
    assertThat(
            fleet.plan(
                new Control(Verb.STOP), Map.of("env", List.of("prod"), "app", List.of("web"))))
        .isEqualTo(
            new Planned.Refused(
                "No node in prod has web. To list its nodes: `discover env=prod`."));
  }

  @Test
  void commandW1_aUnitHasNoReleases() {
    fleet.matching =
        List.of(
            new Node(
                "web1",
                "staging",
                Map.of("web", "systemd"),
                List.of(),
                List.of(),
                Map.of(),
                SmallFleet.NOON,
                true));
    assertThat(fleet.plan(new CodeUpdate(), STAGING_WEB))
        .isEqualTo(
            new Planned.Refused(
                "web is a systemd unit and has no releases. To control it: `restart staging web`."));
  }
}
