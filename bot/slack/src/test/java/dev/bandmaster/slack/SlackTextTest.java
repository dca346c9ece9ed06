package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class SlackTextTest {

  private static final Logger LOG = LoggerFactory.getLogger(SlackTextTest.class);
  private static final String BOT = "UBOT";

  static Stream<Arguments> typed() {
    return Stream.of(
        Arguments.of("ping", "ping"),
        Arguments.of("<@UBOT> ping", "ping"),
        Arguments.of("<@UBOT|bandmaster> ping", "ping"),
        Arguments.of("<@UBOT> why <@UBOT>", "why @UBOT"),
        Arguments.of("say “hello” and ‘hi’", "say \"hello\" and 'hi'"),
        Arguments.of("ping —dry-run", "ping --dry-run"),
        Arguments.of("ping\u00A0web1", "ping web1"),
        Arguments.of("pi\u200Bng", "ping"),
        Arguments.of("ping <http://web1.example.com|web1.example.com>", "ping web1.example.com"),
        Arguments.of("ping <http://web1.example.com/|web1.example.com>", "ping web1.example.com"),
        Arguments.of("get <https://a.example/x>", "get https://a.example/x"),
        Arguments.of("get <https://evil.example|bank.example>", "get https://evil.example"),
        Arguments.of("get <https://a.example/?x=1&amp;y=2>", "get https://a.example/?x=1&y=2"),
        Arguments.of("mail <mailto:ann@a.example|ann@a.example>", "mail ann@a.example"),
        Arguments.of("mail <mailto:ann@a.example|bob@b.example>", "mail ann@a.example"),
        Arguments.of("call <tel:+4940123|+49 40 123>", "call +4940123"),
        Arguments.of("ask <@U1>", "ask @U1"),
        Arguments.of("ask <@U1|ann>", "ask @U1"),
        Arguments.of("ask <@W1>", "ask @W1"),
        Arguments.of("in <#C1|ops>", "in #C1"),
        Arguments.of("in <#C1>", "in #C1"),
        Arguments.of("to <!subteam^S1|@web>", "to @S1"),
        Arguments.of("to <!subteam^S1>", "to @S1"),
        Arguments.of("to <!here>", "to @here"),
        Arguments.of("to <!channel|channel>", "to @channel"),
        Arguments.of("a &amp;&amp; b &lt;x&gt; &amp;lt;", "a && b <x> &lt;"),
        Arguments.of("&lt;@UBOT&gt; ping", "<@UBOT> ping"),
        Arguments.of("`ping web1`", "ping web1"),
        Arguments.of("```ping web1```", "ping web1"),
        Arguments.of("<@UBOT> `ping —x`", "ping —x"),
        Arguments.of("adhoc `a` `b`", "adhoc `a` `b`"),
        Arguments.of("`a` `b`", "`a` `b`"),
        Arguments.of("say `“as is”` “changed”", "say `“as is”` \"changed\""),
        Arguments.of("it`s —", "it`s --"),
        Arguments.of("a < b > c", "a < b > c"),
        Arguments.of("unclosed <@U1", "unclosed <@U1"),
        Arguments.of("<>", "<>"),
        Arguments.of("<|x>", "<|x>"),
        Arguments.of("", ""),
        Arguments.of("   ", ""),
        Arguments.of("``", "``"));
  }

  @ParameterizedTest
  @MethodSource("typed")
  void trap22_textIsReadAsItWasTyped(String raw, String read) {
    assertThat(SlackText.read(raw, BOT)).isEqualTo(read);
  }

  @Test
  void mentionsAreFoundWithAndWithoutName() {
    assertThat(SlackText.mentions("hi <@UBOT>", BOT)).isTrue();
    assertThat(SlackText.mentions("hi <@UBOT|bandmaster>", BOT)).isTrue();
    assertThat(SlackText.mentions("hi <@UBOTTLE>", BOT)).isFalse();
    assertThat(SlackText.mentions("hi", "")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "`<@UBOT> deploy`, false",
    "see `<@UBOT>` there, false",
    "```<@UBOT> deploy prod web```, false",
    "`code` <@UBOT> ping, true",
    "<@UBOT> `ping`, true",
    "a ` and <@UBOT>, true"
  })
  void slackK7_aMentionInCodeIsNoMention(String raw, boolean mentioned) {
    assertThat(SlackText.mentions(raw, BOT)).isEqualTo(mentioned);
  }

  @Test
  void slackK7_aMentionInCodeIsShownAndTheOneOutsideIsTheAddress() {
    assertThat(SlackText.read("`<@UBOT> x` <@UBOT> ping", BOT)).isEqualTo("`@UBOT x`  ping");
  }

  @Test
  void trap14_hostileTextOfFullLengthIsReadInOneGo() {
    for (String part : new String[] {"<", "`", "&", "<@", "<|", "<!", "&lt", "\uD800", "<http:"}) {
      String raw = part.repeat(40_000 / part.length());
      assertThat(SlackText.read(raw, BOT)).hasSizeLessThanOrEqualTo(2 * raw.length());
    }
  }

  @Test
  void randomTextIsReadWithoutException() {
    long seed = System.nanoTime();
    LOG.info("seed {}", seed);
    Random random = new Random(seed);
    String alphabet = "<>|&;@#!^`:/.-ltgamp UBOT1\n\u00A0“—\u200B\uD83D\uDE00";
    for (int run = 0; run < 5_000; run++) {
      StringBuilder raw = new StringBuilder();
      int length = random.nextInt(60);
      for (int at = 0; at < length; at++) {
        raw.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(SlackText.read(raw.toString(), BOT)).as("seed %s: %s", seed, raw).isNotNull();
    }
  }
}
