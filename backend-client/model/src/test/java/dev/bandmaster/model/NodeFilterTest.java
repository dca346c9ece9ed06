package dev.bandmaster.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.NodeFilter.Parsed;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeFilterTest {
  private static final NodeDescription WEB1 =
      new NodeDescription(
          "web1.example.com",
          "main",
          "staging",
          Map.of("web", "1.4.2", "metrics", "2.0"),
          List.of("frontend", "edge"),
          List.of("ssd", "eu"),
          Map.of("os", "Debian GNU/Linux", "cores", "8", "kernel", "6.12.9", "memory_gb", "31.5"),
          List.of("ping", "deploy"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "env=staging",
        "env = staging",
        "env!=prod",
        "env=~sta*",
        "app=web",
        "app=web,metrics",
        "role=edge and role=frontend",
        "tag=ssd tag=eu",
        "TAG=ssd or app=web",
        "capability=deploy",
        "node=web1.example.com",
        "web1.example.com",
        "web*",
        "web?.example.*",
        "web[1-3].example.com",
        "db1,web1*",
        "fact.cores>4",
        "fact.cores >= 8",
        "fact.cores<=8",
        "fact.kernel>6.2.0",
        "fact.memory_gb<32",
        "fact.os=\"Debian GNU/Linux\"",
        "fact.os=~'Debian*'",
        "fact.gone!=x",
        "not env=prod",
        "NOT (env=prod or app=db)",
        "(env=prod or env=staging) app=web not tag=old",
      })
  void holds(String filter) {
    assertThat(valid(filter.replace("TAG", "tag")).matches(WEB1)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env=prod",
        "env=stag",
        "app=web,db",
        "tag=ssd,us",
        "not app=web",
        "web",
        "web?",
        "fact.cores>8",
        "fact.cores<8",
        "fact.gone=x",
        "fact.gone<5",
        "fact.kernel<6.2.0",
        "env=staging and (app=db or tag=us)",
        "db1,web2*",
      })
  void doesNotHold(String filter) {
    assertThat(valid(filter).matches(WEB1)).isFalse();
  }

  @Test
  void trap8_tagsMeanAll() {
    assertThat(valid("tag=ssd,eu").matches(WEB1)).isTrue();
    assertThat(valid("tag=ssd,us").matches(WEB1)).isFalse();
    assertThat(valid("tag=ssd tag=us").matches(WEB1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "env= | 5 | a value is missing here",
        "colour=red | 1 | \"colour\" is not a filter; use env, app, role, tag, capability, node or fact.<name>",
        "env=a,b | 1 | a node has one env; write (env=a or env=b)",
        "app<3 | 1 | app supports only =, != and =~; < is for facts",
        "(env=a | 1 | this parenthesis is not closed",
        "env=a) | 6 | unexpected closing parenthesis",
        "env=a and | 10 | the filter ends where a condition is expected, such as app=web or a node's name",
        "or env=a | 1 | a condition is expected here, such as app=web or a node's name",
        "fact.os=\"x | 9 | this quote is not closed",
        "web[1-2 | 1 | a bracket in the node names is not closed",
        "\"web\" | 1 | \"\"web\"\" cannot be a node's name",
      })
  void aMistakeIsShownWithItsColumn(String filter, int column, String reason) {
    assertThat(NodeFilter.parse(filter)).isEqualTo(new Parsed.Invalid(reason, column));
  }

  @Test
  void hostileFiltersAreAnswered() {
    assertThat(NodeFilter.parse("(".repeat(1_000))).isInstanceOf(Parsed.Invalid.class);
    assertThat(NodeFilter.parse("not ".repeat(400) + "a")).isInstanceOf(Parsed.Invalid.class);
    assertThat(NodeFilter.parse("x".repeat(40_000))).isInstanceOf(Parsed.Invalid.class);
    assertThat(valid("fact.os=~" + "*a".repeat(900) + "b").matches(WEB1)).isFalse();
  }

  @Test
  void randomTextNeverThrows() {
    long seed = System.nanoTime();
    var random = new SplittableRandom(seed);
    String[] pieces = {
      "env", "app", "fact.x", "=", "!=", "<", ">=", "=~", "(", ")", " ", "and ", "or ", "not ",
      "web", "[1-3]", "*", "\"", "'", ",", "\u0000", "é", "𝕏", "tag", "\t"
    };
    for (int round = 0; round < 5_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      switch (NodeFilter.parse(text.toString())) {
        case Parsed.Valid(NodeFilter filter) ->
            assertThat(filter.matches(WEB1)).as("seed %d", seed).isIn(true, false);
        case Parsed.Invalid(String reason, int column) ->
            assertThat(column)
                .as("seed %d, filter %s: %s", seed, text, reason)
                .isBetween(1, text.length() + 1);
      }
    }
  }

  private static NodeFilter valid(String filter) {
    return switch (NodeFilter.parse(filter)) {
      case Parsed.Valid(NodeFilter parsed) -> parsed;
      case Parsed.Invalid(String reason, int column) ->
          throw new AssertionError(filter + " at column " + column + ": " + reason);
    };
  }
}
