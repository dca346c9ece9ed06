package dev.bandmaster.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.PlanningContext.Delegation;
import dev.bandmaster.standard.adhoc.Adhoc;
import dev.bandmaster.standard.codeupdate.CodeUpdate;
import dev.bandmaster.standard.codeupdate.Rollback;
import dev.bandmaster.standard.ping.Ping;
import dev.bandmaster.standard.service.AttachAddress;
import dev.bandmaster.standard.service.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands plan for an environment whose hosts only its service knows. */
class ServicePlansTest {
  private final SmallFleet fleet = new SmallFleet();

  @BeforeEach
  void qaIsBehindAService() {
    fleet.services = Map.of("qa", new Delegation(Set.of("ping", "service"), Set.of("base", "web")));
  }

  private Planned plan(CommandPlugin plugin, Map<String, List<String>> words) {
    return fleet.plan(plugin, words);
  }

  private Planned.Work work(CommandPlugin plugin, Map<String, List<String>> words) {
    Planned plan = plan(plugin, words);
    assertThat(plan).isInstanceOf(Planned.Work.class);
    return (Planned.Work) plan;
  }

  private static String refusal(Planned plan) {
    assertThat(plan).isInstanceOf(Planned.Refused.class);
    return ((Planned.Refused) plan).reason();
  }

  private static Map<String, List<String>> deploy(String... version) {
    return version.length == 0
        ? Map.of("env", List.of("qa"), "app", List.of("web"))
        : Map.of("env", List.of("qa"), "app", List.of("web"), "version", List.of(version));
  }

  private static Map<String, List<String>> adhoc(String host, String module, String... words) {
    return Map.of(
        "env", List.of("qa"),
        "nodes", List.of(host),
        "module", List.of(module),
        "args", List.of(words));
  }

  @Test
  void backendX2_aDeployNamesTagsAndNoHosts() {
    Planned.Work work = work(new CodeUpdate(), deploy("1.4.2"));

    assertThat(work.action()).isEqualTo("update-code");
    assertThat(work.arguments())
        .isEqualTo(
            Data.Fields.EMPTY
                .with("tags", "web,1.4.2")
                .with("app", "web")
                .with("version", "1.4.2"));
    assertThat(work.reach()).isEqualTo(new Reach.ChosenByBackend("web@qa", false));
    assertThat(work.subject()).contains(new Planned.Subject("qa", "web", "1.4.2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "batch", "pause", "max-failures"})
  void backendX2_stepsAreRefusedWithASentence(String step) {
    assertThat(
            refusal(
                plan(
                    new CodeUpdate(),
                    Map.of(
                        "env",
                        List.of("qa"),
                        "app",
                        List.of("web"),
                        "version",
                        List.of("1.4.2"),
                        step,
                        List.of("1")))))
        .contains("chooses the hosts itself", "`--" + step + "`");
  }

  @ParameterizedTest
  @CsvSource({
    "1.4.3, 1.4.2|1.4.1, 1.4.2", // the newest deploy failed
    "1.4.2, 1.4.2|1.4.1, 1.4.1" // the newest deploy is what runs
  })
  void backendX2_rollbackDeploysTheLastGoodVersion(String attempted, String good, String expected) {
    fleet.attempted = Optional.of(attempted);
    fleet.deployed = List.of(good.split("\\|", -1));

    assertThat(work(new Rollback(), deploy()).arguments().get("tags"))
        .isEqualTo(Data.of("web," + expected));
  }

  @Test
  void backendX2_rollbackIsNoWayAroundTheRightToDeploy() {
    assertThat(refusal(plan(new Rollback(), deploy()))).contains("No earlier version");
    fleet.deployed = List.of("1.4.2");
    assertThat(refusal(plan(new Rollback(), deploy("9.9.9"))))
        .contains("9.9.9 was not deployed to qa with success", "1.4.2");
  }

  @Test
  void backendX2_modulesAreAnAllowListAndArgumentsAreNoShellLine() {
    Adhoc command = new Adhoc(Set.of("ping", "service"));

    assertThat(work(command, adhoc("web1", "service", "name=web", "state=restarted")).arguments())
        .isEqualTo(
            Data.Fields.EMPTY
                .with("host", "web1")
                .with("module", "service")
                .with("arguments", Data.of(List.of("name=web", "state=restarted"))));
    assertThat(refusal(plan(command, adhoc("web1", "command", "reboot"))))
        .contains("'command' is not allowed in qa", "ping, service");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b", "$(id)", "`id`", "a;b", "a|b", "a&b", "{{ x }}", "'x'", "\"x\"", "a\nb", "<x", "~"
      })
  void backendX2_whatAShellWouldReadIsRefused(String word) {
    assertThat(refusal(plan(new Adhoc(Set.of("service")), adhoc("web1", "service", word))))
        .contains("cannot be passed on");
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "localhost", "*", "web*", "web1,web2", "web:!db", "-i", "", "a b"})
  void backendX2_aTargetIsOneNameAndNoPattern(String host) {
    assertThat(plan(new Adhoc(Set.of("ping")), adhoc(host, "ping")))
        .isInstanceOf(Planned.Refused.class);
  }

  @Test
  void runnerY2_aMebibyteOfNameIsRefusedInAShortSentence() {
    String text = "a".repeat(1 << 20);
    Adhoc adhoc = new Adhoc(Set.of("service"));
    List<Planned> plans =
        List.of(
            plan(adhoc, adhoc(text, "ping")),
            plan(adhoc, adhoc("web1", text)),
            plan(adhoc, adhoc("web1", "service", text)),
            plan(new Role(), role(text, "base")),
            plan(new Role(), role("web7", text)),
            plan(new Role(), role("web7", "base," + text)));
    assertThat(plans).allSatisfy(plan -> assertThat(refusal(plan).length()).isLessThan(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "; rm -rf /",
        "../../x",
        "-i",
        "--become",
        "$(id)",
        "{{ x }}",
        "!unsafe x",
        "[x]",
        "{x: y}",
        "&a",
        "a\nb",
        "web1\n",
        "\u202Ea",
        "",
        " "
      })
  void runnerY2_whatIsNoNameOfAHostOrARoleIsRefused(String text) {
    assertThat(plan(new Role(), role(text, "base"))).isInstanceOf(Planned.Refused.class);
    assertThat(plan(new Role(), role("web7", text))).isInstanceOf(Planned.Refused.class);
    assertThat(plan(new Role(), role("web7", "base," + text))).isInstanceOf(Planned.Refused.class);
  }

  private static Map<String, List<String>> role(String host, String roles) {
    return Map.of("env", List.of("qa"), "host", List.of(host), "roles", List.of(roles));
  }

  @Test
  void backendX2_rolesAreAnAllowList() {
    assertThat(
            work(
                    new Role(),
                    Map.of(
                        "env", List.of("qa"),
                        "host", List.of("web7"),
                        "roles", List.of("base,web")))
                .reach())
        .isEqualTo(new Reach.ChosenByBackend("web7", false));
    assertThat(
            refusal(
                plan(
                    new Role(),
                    Map.of(
                        "env", List.of("qa"),
                        "host", List.of("web7"),
                        "roles", List.of("base,admin")))))
        .contains("'admin' is not allowed in qa");
    assertThat(
            work(
                    new AttachAddress(),
                    Map.of(
                        "env", List.of("qa"), "instance", List.of("i-0a1"), "role", List.of("web")))
                .reach())
        .isEqualTo(new Reach.ChosenByBackend("i-0a1", true));
  }

  @Test
  void runnerY2_aDryRunIsWorkWhereTheServiceCanSayWhatWouldChange() {
    Map<String, List<String>> role =
        Map.of(
            "env", List.of("qa"),
            "host", List.of("web7"),
            "roles", List.of("base"),
            "dry-run", List.of("true"));
    assertThat(work(new Role(), role).effect()).isEqualTo(Planned.Effect.CHANGES);

    fleet.services = Map.of("qa", new Delegation(Set.of(), Set.of("base"), true));
    Planned.Work check = work(new Role(), role);
    assertThat(check.effect()).isEqualTo(Planned.Effect.READ_ONLY);
    assertThat(check.arguments().get("mode")).isEqualTo(Data.of("check"));

    Planned.Work deploy =
        work(
            new CodeUpdate(),
            Map.of(
                "env", List.of("qa"),
                "app", List.of("web"),
                "version", List.of("1.4.2"),
                "dry-run", List.of("true")));
    assertThat(deploy.subject()).as("it is no deploy of the version").isEmpty();
    assertThat(deploy.effect()).isEqualTo(Planned.Effect.READ_ONLY);
    assertThat(deploy.title()).endsWith("version=1.4.2 --dry-run");
  }

  @Test
  void backendX2_whereAgentsWorkTheseCommandsSayWhere() {
    assertThat(
            refusal(
                plan(
                    new Role(),
                    Map.of(
                        "env", List.of("prod"), "host", List.of("web7"), "roles", List.of("web")))))
        .contains("Agents on the hosts carry out the work of prod", "There are: qa");
  }

  @Test
  void backendX6_thatThereIsNoPresenceIsSaidWhenAsked() {
    fleet.matching = List.of();
    assertThat(refusal(plan(new Ping(), Map.of("filter", List.of("env=qa")))))
        .contains("The hosts of qa have no agents, so they are not known here");
    assertThat(refusal(plan(new Ping(), Map.of("filter", List.of("env=qa2")))))
        .contains("No node matches");
  }
}
