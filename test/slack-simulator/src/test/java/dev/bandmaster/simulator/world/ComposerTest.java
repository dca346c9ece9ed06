package dev.bandmaster.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.simulator.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed and what is sent. */
final class ComposerTest {
  private final Composer composer = new Composer(Workspace.defaults());

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          hello => hello
          @bandmaster ping => <@U0BANDMASTER> ping
          @bandmaster: ping => <@U0BANDMASTER>: ping
          ask @ann, @bob. => ask <@U0ANN>, <@U0BOB>.
          ask @anna => ask @anna
          @sre look => <!subteam^S0SRE|@sre> look
          @here and @channel => <!here> and <!channel>
          in #ops now => in <#C0OPS|ops> now
          issue #42 => issue #42
          a < b && c > d => a &lt; b &amp;&amp; c &gt; d
          <@U0ANN> => &lt;@U0ANN&gt;
          ping web1.example.com => ping <http://web1.example.com|web1.example.com>
          web1.example.com:8080/x. => <http://web1.example.com:8080/x|web1.example.com:8080/x>.
          ping web1 => ping web1
          version 1.2.3 => version 1.2.3
          read notes.md => read <http://notes.md|notes.md>
          see https://example.com/a?b=1&c=2, please => see <https://example.com/a?b=1&amp;c=2>, please
          mail ops@example.com => mail <mailto:ops@example.com|ops@example.com>
          `@ann web1.example.com <x>` => `@ann web1.example.com &lt;x&gt;`
          """)
  void isSentAsClientsSendIt(String typed, String sent) {
    assertThat(composer.compose(typed).text()).isEqualTo(sent);
  }

  @Test
  void aCodeBlockStaysAsItIsAndHasItsOwnElement() {
    Composer.Composed composed = composer.compose("run ```ping web1.example.com & @ann``` now");
    assertThat(composed.text()).isEqualTo("run ```ping web1.example.com &amp; @ann``` now");
    assertThat(composed.blocks().path(0).path("elements"))
        .extracting(element -> Json.text(element, "type"))
        .containsExactly("rich_text_section", "rich_text_preformatted", "rich_text_section");
  }

  @Test
  void theRichTextSaysTheSame() {
    var elements =
        composer.compose("@ann in #ops: `x` @sre web1.example.com").blocks().at("/0/elements/0");
    assertThat(elements.path("elements"))
        .extracting(element -> Json.text(element, "type"))
        .containsExactly(
            "user", "text", "channel", "text", "text", "text", "usergroup", "text", "link");
  }

  @Test
  void nothingTypedHasNoBlocks() {
    assertThat(composer.compose("").blocks()).isEmpty();
  }
}
