package dev.bandmaster.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void wordsBetweenBackticksAreCode() {
    assertThat(Text.sentence("To undo: `withdraw 81`."))
        .isEqualTo(Text.plain("To undo: ").code("withdraw 81").and("."));
    assertThat(Text.sentence("`help`")).isEqualTo(Text.EMPTY.code("help"));
  }

  @Test
  void aLoneBacktickIsText() {
    assertThat(Text.sentence("no `end")).isEqualTo(Text.plain("no `end"));
    assertThat(Text.sentence("``")).isEqualTo(Text.plain("``"));
    assertThat(Text.sentence("over `two\nlines`")).isEqualTo(Text.plain("over `two\nlines`"));
  }
}
