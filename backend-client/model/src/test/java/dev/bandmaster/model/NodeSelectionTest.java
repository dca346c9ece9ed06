package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.NodeSelection.Parsed;
import dev.bandmaster.model.NodeSelection.Selector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSelectionTest {
  private static final NodeDescription WORKER =
      new NodeDescription(
          "web1",
          "main",
          "staging",
          Map.of(),
          List.of("worker"),
          List.of("ssd"),
          Map.of(),
          List.of());

  private static NodeSelection valid(String text) {
    assertThat(NodeSelection.parse(text)).isInstanceOf(Parsed.Valid.class);
    return ((Parsed.Valid) NodeSelection.parse(text)).selection();
  }

  @ParameterizedTest
  @CsvSource({
    "any(role=worker),ANY",
    "Random(role=worker and tag=ssd),RANDOM",
    "least-loaded(not env=prod),LEAST_LOADED",
    "' round-robin(web1) ',ROUND_ROBIN",
    "any(),ANY",
    "any((role=worker or tag=ssd) and web*),ANY"
  })
  void commandW6_aSelectorStandsAroundAFilterOfTheSameGrammar(String text, Selector selector) {
    NodeSelection selection = valid(text);
    assertThat(selection.selector()).contains(selector);
    assertThat(selection.filter().matches(WORKER)).isTrue();
    assertThat(NodeSelection.chooses(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "role=worker", "any", "random*", "any-web1", "web1,web2", "node=any"})
  void commandW6_withoutASelectorAllThatMatchAreMeant(String text) {
    assertThat(valid(text).selector()).isEmpty();
    assertThat(NodeSelection.chooses(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "any(role=),10",
    "any(role=worker,1",
    "web1 any(role=worker),6",
    "any(any(role=worker)),5",
    "any(role=worker) web1,1",
    "any(role=worker) or any(tag=ssd),16",
    "not any(web1),5"
  })
  void commandW6_aSelectorElsewhereIsAMistakeAndNeverANodesName(String text, int column) {
    assertThat(NodeSelection.parse(text)).isInstanceOf(Parsed.Invalid.class);
    assertThat(((Parsed.Invalid) NodeSelection.parse(text)).column()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web1,web2|env=staging and (web1 or web2)",
        "any(role=worker)|any(env=staging and (role=worker))",
        "LEAST-LOADED(web1,web2)|least-loaded(env=staging and (web1 or web2))",
        "random()|random(env=staging)"
      })
  void commandW6_anEnvironmentNarrowsWhatIsChosenFrom(String text, String within) {
    assertThat(NodeSelection.within("env=staging", text)).isEqualTo(within);
  }

  @Test
  void commandW6_nothingThatIsTypedIsSlowOrThrows() {
    for (String text :
        List.of(
            "any(".repeat(2_000),
            "any(" + "(".repeat(1_900) + ")",
            "any(" + "x".repeat(40_000) + ")",
            "any" + ")".repeat(1_000),
            "any(\n)")) {
      assertThat(NodeSelection.parse(text)).isNotNull();
      assertThat(NodeSelection.within("env=a", text)).isNotNull();
    }
    assertThat(Optional.of(Selector.LEAST_LOADED.word())).contains("least-loaded");
  }
}
