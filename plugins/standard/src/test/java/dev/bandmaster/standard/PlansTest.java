package dev.bandmaster.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Parameter.Form;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.standard.adhoc.Adhoc;
import dev.bandmaster.standard.codeupdate.CodeUpdate;
import dev.bandmaster.standard.codeupdate.Rollback;
import dev.bandmaster.standard.discover.Discover;
import dev.bandmaster.standard.ping.Ping;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlansTest {
  private final SmallFleet fleet = new SmallFleet();

  private Planned.Work work(CommandPlugin plugin, Map<String, List<String>> words) {
    return switch (fleet.plan(plugin, words)) {
      case Planned.Work work -> work;
      case Planned.Refused refused -> throw new AssertionError(refused.reason());
      case Planned.Answer answer -> throw new AssertionError(answer.toString());
    };
  }

  private String refusal(CommandPlugin plugin, Map<String, List<String>> words) {
    return switch (fleet.plan(plugin, words)) {
      case Planned.Refused(String reason) -> reason;
      case Planned.Work work -> throw new AssertionError(work.toString());
      case Planned.Answer answer -> throw new AssertionError(answer.toString());
    };
  }

  @Test
  void pingAsksTheNodesThatMatchAndExpectsWhoIsKnown() {
    Planned.Work work = work(new Ping(), Map.of("filter", List.of("env=staging", "and", "web*")));
    assertThat(work.reach())
        .isEqualTo(new Reach.Broadcast("", "env=staging and web*", List.of("db1", "web1", "web2")));
    assertThat(work.effect()).isEqualTo(Effect.READ_ONLY);
    assertThat(work.capability() + "." + work.action()).isEqualTo("ping.ping");
  }

  @Test
  void codeupdateNamesItsNodesAndItsRelease() {
    Planned.Work work =
        work(
            new CodeUpdate(),
            Map.of("env", List.of("staging"), "app", List.of("web"), "version", List.of("1.4.2")));
    assertThat(work.title()).isEqualTo("codeupdate staging web version=1.4.2");
    assertThat(work.reach()).isEqualTo(new Reach.Frozen(List.of("web1", "web2")));
    assertThat(work.effect()).isEqualTo(Effect.CHANGES);
    assertThat(work.arguments().get("url")).isEqualTo(Data.of("https://releases.example/1.4.2"));
    assertThat(work.arguments().get("sha256").text().orElseThrow()).hasSize(64);
  }

  @Test
  void codeupdateWithoutAVersionTakesTheNewestAndSaysWhich() {
    assertThat(
            work(new CodeUpdate(), Map.of("env", List.of("staging"), "app", List.of("web")))
                .title())
        .isEqualTo("codeupdate staging web version=1.10.0");
    fleet.versions = List.of();
    assertThat(refusal(new CodeUpdate(), Map.of("env", List.of("staging"), "app", List.of("web"))))
        .isEqualTo("Which version of web? Its releases cannot be listed; add `version=…`.");
  }

  @Test
  void trap10_codeupdateWhereNobodyListensIsRefusedAtOnce() {
    assertThat(refusal(new CodeUpdate(), Map.of("env", List.of("prod"), "app", List.of("web"))))
        .isEqualTo("No node in prod has web. To list its nodes: `discover env=prod`.");
  }

  @Test
  void codeupdateOfAMissingReleaseIsRefused() {
    assertThat(
            refusal(
                new CodeUpdate(),
                Map.of("env", List.of("staging"), "app", List.of("web"), "version", List.of("9"))))
        .isEqualTo("There is no release 9.");
  }

  private static final Map<String, List<String>> STAGING_WEB =
      Map.of("env", List.of("staging"), "app", List.of("web"));

  private static Map<String, List<String>> and(String name, String value) {
    Map<String, List<String>> words = new HashMap<>(STAGING_WEB);
    words.put(name, List.of(value));
    return words;
  }

  @Test
  void codeupdateIsARolloutThatAsksTheNodesHowTheyAre() {
    Rollout plain = work(new CodeUpdate(), STAGING_WEB).rollout();
    assertThat(plain.steps(List.of("web1", "web2"))).hasSize(1);
    assertThat(plain.check())
        .hasValueSatisfying(check -> {
          assertThat(check.capability() + "." + check.action()).isEqualTo("deploy.status");
          assertThat(check.arguments().get("app")).isEqualTo(Data.of("web"));
        });
    assertThat(work(new CodeUpdate(), and("canary", "1")).rollout().steps(List.of("web1", "web2")))
        .containsExactly(List.of("web1"), List.of("web2"));
    assertThat(work(new CodeUpdate(), and("pause", "10m")).rollout().pause())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(work(new CodeUpdate(), and("max-failures", "25%")).rollout().failures().of(8))
        .isEqualTo(2);
  }

  @Test
  void codeupdateHasTheApplicationForItselfAndSaysWhatChanges() {
    Planned.Work work = work(new CodeUpdate(), and("version", "1.4.2"));
    assertThat(work.subject()).contains(new Planned.Subject("staging", "web", "1.4.2"));
    assertThat(work.differences())
        .containsExactly(
            new Planned.Difference(List.of("web2"), "", "1.4.2"),
            new Planned.Difference(List.of("web1"), "1.4.1", "1.4.2"));
  }

  @Test
  void rollbackTakesTheLastGoodVersionThatRunsNowhere() {
    fleet.deployed = List.of("1.4.1", "1.4.0", "1.3.9");
    Planned.Work work = work(new Rollback(), STAGING_WEB);
    assertThat(work.title()).isEqualTo("rollback staging web version=1.4.0");
    assertThat(work.capability() + "." + work.action()).isEqualTo("deploy.rollback");
    assertThat(work.arguments().get("version")).isEqualTo(Data.of("1.4.0"));
    assertThat(work.arguments().get("url").isNone()).as("nothing is fetched").isTrue();
    assertThat(work.subject()).contains(new Planned.Subject("staging", "web", "1.4.0"));
    assertThat(work.reach()).isEqualTo(new Reach.Frozen(List.of("web1", "web2")));
  }

  @Test
  void rollbackToAVersionThatIsNamedNeedsNoHistory() {
    assertThat(work(new Rollback(), and("version", "1.2.0")).title())
        .isEqualTo("rollback staging web version=1.2.0");
    fleet.deployed = List.of("1.4.1");
    assertThat(refusal(new Rollback(), STAGING_WEB))
        .isEqualTo(
            "No earlier version of web in staging is known: none was deployed with the bot. Add `version=…`.");
    assertThat(refusal(new Rollback(), Map.of("env", List.of("prod"), "app", List.of("web"))))
        .startsWith("No node in prod has web");
  }

  @Test
  void trap20_adhocPassesItsWordsAsAList() {
    List<String> words = List.of("web", "$(reboot)", ";", "two words", "\"", "");
    Planned.Work work =
        work(
            new Adhoc(),
            Map.of(
                "env", List.of("staging"),
                "nodes", List.of("web1,web2"),
                "module", List.of("command"),
                "args", words));
    assertThat(work.arguments().get("arguments")).isEqualTo(Data.of(words));
    assertThat(fleet.filters).containsExactly("env=staging and (web1 or web2)");
    assertThat(work.reach()).isInstanceOf(Reach.Frozen.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ping,READ_ONLY",
    "uptime,READ_ONLY",
    "disk,READ_ONLY",
    "service,CHANGES",
    "command,CHANGES"
  })
  void adhocNeedsARightForEachModule(String module, Effect effect) {
    Map<String, List<String>> words =
        Map.of("env", List.of("staging"), "nodes", List.of("web1"), "module", List.of(module));
    assertThat(new Adhoc().permission(new Arguments(words))).isEqualTo("adhoc:" + module);
    assertThat(work(new Adhoc(), words).effect()).isEqualTo(effect);
  }

  private static Map<String, List<String>> uptime(String nodes, String... options) {
    Map<String, List<String>> words = new HashMap<>();
    words.put("env", List.of("staging"));
    words.put("nodes", List.of(nodes));
    words.put("module", List.of("uptime"));
    for (int i = 0; i < options.length; i += 2) {
      words.put(options[i], List.of(options[i + 1]));
    }
    return words;
  }

  private static List<Node> twenty() {
    return IntStream.range(10, 30).mapToObj(i -> offering("web" + i, Map.of())).toList();
  }

  @Test
  void commandW6_adhocGoesInBatchesAndStopsAfterTooManyFailures() {
    Planned.Work work = work(new Adhoc(), uptime("web*", "batch", "25%", "max-failures", "2"));
    assertThat(work.rollout().batch()).isEqualTo(new Rollout.Size(25, true));
    assertThat(work.rollout().failures()).isEqualTo(new Rollout.Size(2, false));
    assertThat(work(new Adhoc(), uptime("web*")).rollout()).isEqualTo(Rollout.AT_ONCE);
  }

  @Test
  void commandW6_aLimitLeavesTheFirstOrSomeByChance() {
    fleet.matching = twenty();
    assertThat(work(new Adhoc(), uptime("web*", "limit", "3")).reach().nodes())
        .containsExactly("web10", "web11", "web12");
    assertThat(work(new Adhoc(), uptime("web*", "limit", "10%")).reach().nodes()).hasSize(2);
    assertThat(work(new Adhoc(), uptime("web*", "limit", "1%")).reach().nodes())
        .as("never none")
        .hasSize(1);
    assertThat(work(new Adhoc(), uptime("web*", "limit", "99")).reach().nodes()).hasSize(20);
    List<String> random =
        work(new Adhoc(Set.of(), new Random(7)), uptime("web*", "limit", "5", "pick", "random"))
            .reach()
            .nodes();
    assertThat(random).hasSize(5).doesNotHaveDuplicates().isSorted();
    assertThat(random).isNotEqualTo(List.of("web10", "web11", "web12", "web13", "web14"));
    assertThat(refusal(new Adhoc(), uptime("web*", "limit", "0"))).contains("leaves no node");
    assertThat(refusal(new Adhoc(), uptime("web*", "pick", "random"))).contains("random(web*)");
  }

  @Test
  void commandW6_aLimitPrefersNodesThatArePresent() {
    fleet.matching = List.of(SmallFleet.WEB2, SmallFleet.WEB1);
    assertThat(work(new Adhoc(), uptime("web*", "limit", "1")).reach().nodes())
        .containsExactly("web1");
  }

  @Test
  void commandW6_aSelectorIsAskedForWithinTheEnvironment() {
    fleet.selected = List.of(SmallFleet.WEB1);
    assertThat(work(new Adhoc(), uptime("any(role=frontend)")).reach().nodes())
        .containsExactly("web1");
    assertThat(fleet.filters).containsExactly("any(env=staging and (role=frontend))");
    assertThat(work(new Ping(), Map.of("filter", List.of("any(role=frontend)"))).reach())
        .as("agents are not asked to choose")
        .isEqualTo(new Reach.Frozen(List.of("web1")));
    assertThat(work(new Ping(), Map.of("filter", List.of("role=frontend"))).reach())
        .isInstanceOf(Reach.Broadcast.class);
  }

  @Test
  void pluginV5_adhocKnowsWhatTheNodesOffer() {
    Map<String, List<String>> words =
        Map.of(
            "env", List.of("staging"),
            "nodes", List.of("web1"),
            "module", List.of("disk_usage"),
            "args", List.of("path=/"));
    fleet.matching = List.of(offering("web1", Map.of("module.disk_usage", "how full it is")));
    assertThat(work(new Adhoc(), words).action()).isEqualTo("disk_usage");
    assertThat(new Adhoc().permission(new Arguments(words))).isEqualTo("adhoc:disk_usage");
    fleet.matching = List.of(offering("web1", Map.of("module.disk_usages", "how full it is")));
    assertThat(refusal(new Adhoc(), words))
        .isEqualTo(
            "There is no module 'disk_usage'. Did you mean 'disk_usages'? Modules on these nodes: command, disk, disk_usages, ping, service, uptime.");
    fleet.matching =
        List.of(
            offering("web1", Map.of("module.disk_usage", "how full it is")),
            offering("web2", Map.of()));
    assertThat(refusal(new Adhoc(), words))
        .isEqualTo("web2 does not offer the module 'disk_usage'. Choose nodes that do.");
  }

  private static Node offering(String name, Map<String, String> facts) {
    return new Node(name, "staging", Map.of(), List.of(), List.of(), facts, SmallFleet.NOON, true);
  }

  @Test
  void noMatchingNodeIsSaidWithWhatToDoNext() {
    fleet.matching = List.of();
    assertThat(refusal(new Ping(), Map.of("filter", List.of("nobody*"))))
        .isEqualTo("No node matches 'nobody*'. To list nodes: `discover`.");
    assertThat(refusal(new Ping(), Map.of())).startsWith("No nodes are known yet");
    assertThat(refusal(new Discover(), Map.of("filter", List.of("(("))))
        .startsWith("The filter '((' cannot be read");
  }

  @Test
  void discoverAnswersFromPresence() {
    assertThat(fleet.plan(new Discover(), Map.of("facts", List.of("os,cores"))))
        .isInstanceOfSatisfying(
            Planned.Answer.class,
            answer ->
                assertThat(
                        answer.message().blocks().stream()
                            .flatMap(block ->
                                block instanceof Message.Rich rich
                                    ? rich.plain().stream()
                                    : Stream.of(block)))
                    .filteredOn(Message.Preformatted.class::isInstance)
                    .extracting(block -> ((Message.Preformatted) block).text())
                    .containsExactly(
                        "db1 · os=linux · cores=?",
                        "web1 · web 1.4.1 · roles frontend · os=linux · cores=?\n"
                            + "web2 · web · roles frontend · os=linux · cores=? · silent for"
                            + " 1 h 2 min"));
  }

  @Test
  void discoverLiveAsksTheNodes() {
    assertThat(work(new Discover(), Map.of("live", List.of())).capability()).isEqualTo("facts");
  }

  static Stream<CommandDeclaration> declarations() {
    return StandardPlugins.all().stream().map(CommandPlugin::declaration);
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void aDeclarationHasExamplesAndPutsPositionalParametersFirst(CommandDeclaration declaration) {
    assertThat(declaration.examples()).isNotEmpty();
    assertThat(declaration.examples()).allMatch(line -> line.startsWith(declaration.name()));
    assertThat(declaration.summary()).isNotBlank().doesNotEndWith(".");
    List<Form> forms =
        declaration.parameters().stream().map(parameter -> parameter.form()).toList();
    long leading =
        forms.stream().takeWhile(form -> form == Form.POSITIONAL || form == Form.REST).count();
    // Before words that are somebody else's an option comes early.
    if (!forms.getLast().equals(Form.REST)) {
      assertThat(forms.stream().skip(leading)).doesNotContain(Form.POSITIONAL, Form.REST);
    }
    assertThat(declaration.parameters()).allMatch(parameter -> !parameter.help().endsWith("."));
  }
}
