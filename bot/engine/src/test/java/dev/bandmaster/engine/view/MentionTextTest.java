package dev.bandmaster.engine.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.plugin.Text;
import org.junit.jupiter.api.Test;

class MentionTextTest {
  @Test
  void commandW5_aMentionIsAGroupOrThePeopleOnCall() {
    assertThat(MentionText.of("S0SRE")).isEqualTo(Text.EMPTY.group("S0SRE"));
    assertThat(MentionText.of("@U0ANN,@U0BOB"))
        .isEqualTo(Text.EMPTY.person("U0ANN").and(" ").person("U0BOB"));
    assertThat(MentionText.of("").spans()).isEmpty();
  }
}
