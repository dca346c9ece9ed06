package dev.bandmaster.standard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Planned.Reach;
import dev.bandmaster.standard.logs.Logs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogsTest {
  private final SmallFleet fleet = new SmallFleet();

  private Planned plan(String... words) {
    Map<String, List<String>> named = new HashMap<>();
    named.put("env", List.of("staging"));
    for (int i = 0; i < words.length; i += 2) {
      named.put(words[i], List.of(words[i + 1]));
    }
    return fleet.plan(new Logs(), named);
  }

  @Test
  void commandW2_theNodesThatHaveTheApplicationAndArePresentAreAsked() {
    assertThat(plan("app", "web", "since", "10m", "lines", "50", "find", "$(x)", "follow", "2m"))
        .isInstanceOfSatisfying(
            Planned.Work.class,
            work -> {
              assertThat(work.capability() + "." + work.action()).isEqualTo("logs.read");
              assertThat(work.effect()).isEqualTo(Effect.READ_ONLY);
              assertThat(work.reach()).isEqualTo(new Reach.Frozen(List.of("web1")));
              assertThat(work.arguments())
                  .isEqualTo(
                      Data.Fields.EMPTY
                          .with("app", "web")
                          .with("since", 600)
                          .with("follow", 120)
                          .with("lines", 50)
                          .with("find", "$(x)"));
            });
  }

  @Test
  void commandW2_aNodeHasALogOfItsOwn() {
    fleet.selected = List.of(SmallFleet.WEB1);
    assertThat(plan("app", "web1"))
        .isInstanceOfSatisfying(
            Planned.Work.class,
            work -> assertThat(work.arguments().get("app")).isEqualTo(Data.of("system")));
    assertThat(fleet.filters).containsExactly("env=staging and (web1)");
  }

  @ParameterizedTest
  @CsvSource({
    "lines,25%,lines is a number from 1 to 5000",
    "lines,0,lines is a number from 1 to 5000",
    "lines,5001,lines is a number from 1 to 5000",
    "follow,6m,A log can be followed for up to 5m",
    "since,366d,since goes back 365d"
  })
  void commandW2_whatIsOutOfBoundsIsRefused(String name, String value, String sentence) {
    assertThat(plan("app", "web", name, value))
        .isInstanceOfSatisfying(
            Planned.Refused.class, refused -> assertThat(refused.reason()).startsWith(sentence));
  }
}
