package dev.bandmaster.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Message.Button.Style;
import dev.bandmaster.plugin.Message.Confirmation;
import dev.bandmaster.plugin.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class BlockKitTest {

  private static final Logger LOG = LoggerFactory.getLogger(BlockKitTest.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of("sentence", Message.sentence("Nobody listens for *web* in <staging> & co.")),
        Arguments.of(
            "job",
            Message.of(
                new Message.Header("codeupdate staging web version=1.4.2"),
                new Message.Paragraph(
                    Text.EMPTY
                        .person("U1")
                        .and(" · ")
                        .bold("87/100")
                        .and(" replied, on web_1 and *.example.com, see ")
                        .link("https://ci.example/?a=1&b=2", "build <7>")
                        .and(", until ")
                        .moment(Instant.parse("2026-05-04T12:03:59Z"))
                        .and(", at ")
                        .time(Instant.parse("2026-05-04T12:00:00Z"))),
                new Message.Preformatted("web[001-084] (84): restarted 1.4.2"),
                new Message.Divider(),
                new Message.Footnote(Text.plain("job ").code("j-1 `x`").and("done")),
                new Message.Buttons(
                    List.of(
                        new Button("cancel", "j-1", "Cancel", Style.DANGER, Optional.empty()),
                        new Button("retry", "j-1", "Retry", Style.PLAIN, Optional.empty()))))),
        Arguments.of(
            "approval",
            Message.of(
                new Message.Paragraph(Text.EMPTY.bold("Approve *this*?")),
                new Message.Buttons(
                    List.of(
                        new Button(
                            "approve",
                            "a-1",
                            "Approve",
                            Style.PRIMARY,
                            Optional.of(
                                new Confirmation("Sure?", "It goes to prod.", "Yes", "No"))),
                        new Button("approve", "a-2", "Both", Style.PLAIN, Optional.empty()))))),
        Arguments.of(
            "fence", Message.of(new Message.Preformatted("a ``` b\n<!channel> & `x` ````"))));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachKindOfMessageIsShownAsReviewed(String name, Message message) throws IOException {
    BlockKit.Rendered rendered = BlockKit.render(message);
    ObjectNode shown = JSON.createObjectNode();
    shown.put("text", rendered.text());
    shown.set("blocks", JSON.readTree(rendered.blocks()));
    shown.put("lines_left_out", rendered.linesLeftOut());
    Golden.check(name, shown);
    assertWithinLimits(rendered);
  }

  /** The end of a job as people see it, and a list. */
  static Stream<Arguments> rich() {
    Message job =
        Message.of(
            new Message.Paragraph(Text.plain("⚠️ ").bold("job 81").and("  ").code("deploy web")),
            new Message.Paragraph(Text.plain("❌ ").code("web2").and(" ").bold("disk is full")),
            new Message.Foldable(
                Text.plain("Steps and output of ").code("web2"),
                List.of(
                    new Message.Footnote(Text.plain("Steps: fetch 1.2 s · unpack 0.3 s ✗")),
                    new Message.Preformatted("no space left\non <device>")),
                true),
            new Message.Foldable(
                Text.plain("✅ ").code("web[1,3-4]").and(" (3)"),
                List.of(new Message.Preformatted("one\ntwo")),
                false),
            new Message.Chart(
                "Latency",
                "ms",
                List.of(new Message.Bar("web1", 12), new Message.Bar("web3", 40)),
                List.of(new Message.Footnote(Text.plain("max 40 ms")))));
    Message list =
        Message.of(
            new Message.Table(
                "Jobs",
                List.of("Job", "Command", "For", "When", "Why"),
                List.of(
                    List.of(
                        Text.plain("81"),
                        Text.EMPTY.code("deploy web"),
                        Text.EMPTY.person("U0ANN"),
                        Text.EMPTY.moment(Instant.parse("2026-05-04T12:03:59Z")),
                        Text.EMPTY)),
                List.of(new Message.Paragraph(Text.EMPTY.bold("job 81").and(" deploy web")))));
    return Stream.of(Arguments.of("rich-job", job), Arguments.of("rich-list", list));
  }

  @ParameterizedTest
  @MethodSource("rich")
  void peopleU15_aRichMessageIsShownAsReviewedInBothForms(String name, Message message)
      throws IOException {
    for (BlockForm form : BlockForm.values()) {
      BlockKit.Rendered rendered = BlockKit.render(message, form);
      ObjectNode shown = JSON.createObjectNode();
      shown.put("text", rendered.text());
      shown.set("blocks", JSON.readTree(rendered.blocks()));
      Golden.check(name + "-" + form.name().toLowerCase(Locale.ROOT), shown);
    }
    assertWithinLimits(BlockKit.render(message));
  }

  @Test
  void peopleU15_aLongTableAndALongFoldStayWithinSlacksLimitsAndSayWhatIsMissing()
      throws IOException {
    List<List<Text>> rows =
        Stream.iterate(1, each -> each + 1)
            .limit(500)
            .map(each -> List.of(Text.plain("node" + each), Text.plain("x".repeat(600))))
            .toList();
    Message message =
        Message.of(
            new Message.Table("Nodes", List.of("Node", "Text"), rows, List.of()),
            new Message.Foldable(
                Text.plain("t".repeat(400)),
                Collections.nCopies(30, new Message.Footnote(Text.plain("line"))),
                false));
    JsonNode blocks = JSON.readTree(BlockKit.render(message, BlockForm.MODERN).blocks());
    int cells = 0;
    for (JsonNode cell : blocks.get(0).findValues("text")) {
      cells += cell.asText().length();
    }
    assertThat(blocks.get(0).path("rows").size()).isBetween(2, 101);
    assertThat(cells).isLessThan(10_000);
    assertThat(blocks.get(1).toString()).containsPattern("… and 4\\d\\d more rows");
    assertThat(blocks.get(2).path("child_blocks")).hasSize(10);
    assertThat(blocks.get(2).path("child_blocks").get(9).toString()).contains("21 more lines");
    assertThat(blocks.get(2).at("/title/text").asText()).hasSize(150);
  }

  @Test
  void aHomeTabHoldsTwiceTheBlocksOfAMessageAndAtMost250Kilobytes() throws IOException {
    Message small = new Message(Collections.nCopies(99, new Message.Divider()));
    assertThat(JSON.readTree(BlockKit.renderHome(small)).path("blocks")).hasSize(99);
    Message large =
        new Message(
            Collections.nCopies(150, new Message.Paragraph(Text.plain("<&\u2028".repeat(900)))));
    String view = BlockKit.renderHome(large);
    assertThat(JSON.readTree(view).path("type").asText()).isEqualTo("home");
    assertThat(JSON.readTree(view).path("blocks").size()).isBetween(2, 100);
    assertThat(view.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(250_000);
    assertThat(view).contains("do not fit");
  }

  @Test
  void trap26_outputOfAThousandNodesStaysWithinSlacksLimitsAndIsCountedWhereCut()
      throws IOException {
    StringBuilder output = new StringBuilder();
    for (int node = 1; node <= 1_000; node++) {
      output.append("web%04d: restarted <1.4.2> & well after %d ms\n".formatted(node, node));
    }
    Message message =
        Message.of(
            new Message.Header("restart"),
            new Message.Preformatted(output.toString()),
            new Message.Buttons(
                List.of(new Button("cancel", "j", "Cancel", Style.PLAIN, Optional.empty()))));
    BlockKit.Rendered rendered = BlockKit.render(message);
    assertWithinLimits(rendered);
    String shown = rendered.blocks();
    int lines = 0;
    for (int node = 1; node <= 1_000; node++) {
      lines += shown.contains("web%04d:".formatted(node)) ? 1 : 0;
    }
    assertThat(lines + rendered.linesLeftOut()).isEqualTo(1_000);
    assertThat(shown)
        .contains("… " + rendered.linesLeftOut() + " more lines do not fit into one message")
        .contains("\"cancel\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 80, 1_000, 1_048_576})
  void trap26_aMebibyteOfOutputStaysWithinTheLimitsHoweverLongItsLinesAre(int width)
      throws IOException {
    String line = "x".repeat(width - 1) + "\n";
    String output = line.repeat(1_048_576 / width);
    BlockKit.Rendered rendered =
        BlockKit.render(
            Message.of(
                new Message.Header("output"),
                new Message.Preformatted(output),
                new Message.Paragraph(Text.plain(output))));
    assertWithinLimits(rendered);
    assertThat(rendered.blocks().length()).isLessThan(40_000);
    assertThat(rendered.linesLeftOut()).isPositive();
    assertThat(rendered.blocks()).contains("do not fit into one message");
  }

  @Test
  void trap26_tenThousandNodesStayWithinTheLimitsAndAreCounted() throws IOException {
    StringBuilder output = new StringBuilder();
    for (int node = 1; node <= 10_000; node++) {
      output.append("web%05d did not answer in time\n".formatted(node));
    }
    BlockKit.Rendered rendered =
        BlockKit.render(Message.of(new Message.Preformatted(output.toString())));
    assertWithinLimits(rendered);
    int shown = 0;
    for (int node = 1; node <= 10_000; node++) {
      shown += rendered.blocks().contains("web%05d ".formatted(node)) ? 1 : 0;
    }
    assertThat(shown + rendered.linesLeftOut()).isEqualTo(10_000);
  }

  @Test
  void evenTooManyHeadersStayWithinTheLimits() throws IOException {
    List<Block> headers = new ArrayList<>();
    for (int number = 0; number < 80; number++) {
      headers.add(new Message.Header("header " + number));
    }
    BlockKit.Rendered rendered = BlockKit.render(new Message(headers));
    assertWithinLimits(rendered);
    assertThat(rendered.linesLeftOut()).isEqualTo(80 - 49);
  }

  @Test
  void aMentionInOutputCannotPing() {
    String blocks =
        BlockKit.render(
                Message.of(
                    new Message.Preformatted("<!channel>"),
                    new Message.Paragraph(Text.plain("x ").bold("<!here>").code("<@U1>")),
                    new Message.Paragraph(Text.EMPTY.link("https://a.example/><!here", "l"))))
            .blocks();
    assertThat(blocks).doesNotContain("<!").doesNotContain("<@");
  }

  @Test
  void aLinkThatIsNotOfTheWebIsOnlyItsLabel() {
    assertThat(
            BlockKit.render(
                    Message.of(
                        new Message.Paragraph(Text.EMPTY.link("javascript:alert(1)", "click"))))
                .blocks())
        .doesNotContain("javascript")
        .contains("click");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 9, 13})
  void theJointOfTwoWordsThatTouchCountsToo(int letters) {
    Text text = Text.EMPTY;
    for (int word = 0; word < 60; word++) {
      text = text.bold("a".repeat(letters));
    }
    assertThat(Mrkdwn.pieces(text, 100)).isNotEmpty().allMatch(piece -> piece.length() <= 100);
  }

  @Test
  void randomMessagesStayWithinTheLimitsAndLoseNothingUncounted() throws IOException {
    long seed = System.nanoTime();
    LOG.info("seed {}", seed);
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      List<Block> blocks = new ArrayList<>();
      int count = random.nextInt(70);
      for (int at = 0; at < count; at++) {
        blocks.add(block(random));
      }
      BlockKit.Rendered rendered = BlockKit.render(new Message(blocks));
      assertWithinLimits(rendered);
    }
  }

  private static Block block(Random random) {
    String text = text(random, random.nextInt(10) == 0 ? 9_000 : 80);
    return switch (random.nextInt(6)) {
      case 0 -> new Message.Paragraph(Text.plain(text));
      case 1 -> new Message.Paragraph(Text.plain(text).bold(text).code(text).person("U1"));
      case 2 -> new Message.Preformatted(text);
      case 3 -> new Message.Footnote(Text.plain(text).link("https://a.example/" + text, text));
      case 4 -> new Message.Divider();
      default -> new Message.Paragraph(Text.EMPTY.bold(text).and("x").code(text));
    };
  }

  private static String text(Random random, int longest) {
    String alphabet = "ab *_~`<>&|\n\uD83D\uDE00";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(longest);
    for (int at = 0; at < length; at++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static void assertWithinLimits(BlockKit.Rendered rendered) throws IOException {
    assertThat(rendered.text()).hasSizeBetween(1, 3_500);
    JsonNode blocks = JSON.readTree(rendered.blocks());
    assertThat(blocks.size()).isLessThanOrEqualTo(50);
    for (JsonNode block : blocks) {
      String text = block.path("text").path("text").asText();
      switch (block.path("type").asText()) {
        case "section" -> assertThat(text).hasSizeBetween(1, 3_000);
        case "header" -> assertThat(text).hasSizeBetween(1, 150);
        case "context" ->
            assertThat(block.at("/elements/0/text").asText()).hasSizeBetween(1, 2_000);
        case "actions" -> assertThat(block.path("elements").size()).isBetween(1, 25);
        default -> assertThat(block.path("type").asText()).isEqualTo("divider");
      }
      assertFencesHold(text);
    }
  }

  private static void assertFencesHold(String text) {
    if (text.startsWith("```\n") && text.endsWith("\n```")) {
      assertThat(text.substring(3, text.length() - 3)).doesNotContain("```");
    }
  }
}
