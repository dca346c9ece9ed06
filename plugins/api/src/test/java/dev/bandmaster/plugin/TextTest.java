package dev.bandmaster.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** Every way to bring text into a message, with a name that tries to look like the bot. */
  static Stream<Object> shown() {
    String name = "web\u202E1\u200B\u001B[31m";
    String below = "ann\nApproved by everybody";
    return Stream.of(name, below)
        .flatMap(each ->
            Stream.of(
                Text.plain(each),
                Text.sentence("Locked by `" + each + "`: " + each),
                Text.EMPTY.and(each).bold(each).code(each).link("https://a.example/" + each, each),
                new Message.Header(each),
                new Message.Button("a", "1", each, Message.Button.Style.PLAIN, Optional.empty()),
                new Message.Confirmation(name, name, name, name)));
  }

  @ParameterizedTest
  @MethodSource("shown")
  void trustT12_noTextOfOthersHidesAnythingOrBeginsALine(Object shown) {
    assertThat(shown.toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
  }

  @Test
  void trustT12_onlyTheBotBeginsLines() {
    Text text = Text.plain("first").newLine().and("second\nthird").and("\n").code("fourth");
    assertThat(text.spans())
        .containsExactly(
            new Text.Span.Plain("first"),
            new Text.Span.Plain("\n"),
            new Text.Span.Plain("second⏎third"),
            new Text.Span.Plain("\n"),
            new Text.Span.Code("fourth"));
  }

  @Test
  void trustT12_preformattedTextKeepsItsLinesAndNothingElse() {
    assertThat(new Message.Preformatted("a\r\n\tb\u202E\u001B").text()).isEqualTo("a\n\tb\uFFFD␛");
  }
}
