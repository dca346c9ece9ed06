package dev.bandmaster.simulator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.world.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slack's limits on blocks. */
final class BlockRulesTest {
  /** An at sign stands for a text of the length in question. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          section text | {'type':'section','text':{'type':'mrkdwn','text':'@'}} | 3000 | /blocks/0/text/text
          field | {'type':'section','fields':[{'type':'mrkdwn','text':'@'}]} | 2000 | /blocks/0/fields/0/text
          header | {'type':'header','text':{'type':'plain_text','text':'@'}} | 150 | /blocks/0/text/text
          context | {'type':'context','elements':[{'type':'mrkdwn','text':'@'}]} | 3000 | /blocks/0/elements/0/text
          markdown | {'type':'markdown','text':'@'} | 12000 | /blocks
          block id | {'type':'divider','block_id':'@'} | 255 | /blocks/0/block_id
          button text | {'type':'actions','elements':[{'type':'button','text':{'type':'plain_text','text':'@'}}]} | 75 | /blocks/0/elements/0/text/text
          button value | {'type':'actions','elements':[{'type':'button','value':'@','text':{'type':'plain_text','text':'b'}}]} | 2000 | /blocks/0/elements/0/value
          action id | {'type':'actions','elements':[{'type':'button','action_id':'@','text':{'type':'plain_text','text':'b'}}]} | 255 | /blocks/0/elements/0/action_id
          option value | {'type':'actions','elements':[{'type':'static_select','options':[{'value':'@','text':{'type':'plain_text','text':'o'}}]}]} | 150 | /blocks/0/elements/0/options/0/value
          label | {'type':'input','label':{'type':'plain_text','text':'@'},'element':{'type':'plain_text_input'}} | 2000 | /blocks/0/label/text
          """)
  void aTextIsAsLongAsSlackAllowsAndNoLonger(String what, String block, int most, String place) {
    assertThat(BlockRules.check(filled(block, most), 50)).as(what).isEmpty();
    assertThat(BlockRules.check(filled(block, most + 1), 50))
        .as(what)
        .singleElement()
        .asString()
        .contains("must be less than " + (most + 1) + " characters")
        .endsWith("[json-pointer:" + place + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':'sektion'} | unsupported type: sektion [json-pointer:/blocks/0/type]
          {'type':'section'} | missing required field: text or fields [json-pointer:/blocks/0]
          {'type':'header','text':{'type':'mrkdwn','text':'x'}} | must be plain_text [json-pointer:/blocks/0/text/type]
          {'type':'section','text':{'type':'mrkdwn','text':''}} | must be more than 0 characters [json-pointer:/blocks/0/text/text]
          {'type':'section','text':'x'} | must be a text object: plain_text or mrkdwn [json-pointer:/blocks/0/text]
          {'type':'actions','elements':[]} | must have at least 1 item [json-pointer:/blocks/0/elements]
          {'type':'actions','elements':[{'type':'button','style':'blue','text':{'type':'plain_text','text':'b'}}]} | style must be primary or danger [json-pointer:/blocks/0/elements/0/style]
          {'type':'context','elements':[{'type':'button'}]} | unsupported type: button [json-pointer:/blocks/0/elements/0/type]
          {'type':'image','image_url':'http://x'} | missing required field: alt_text [json-pointer:/blocks/0]
          """)
  void aBrokenBlockIsNamed(String block, String problem) {
    assertThat(BlockRules.check(filled(block, 0), 50)).contains("[ERROR] " + problem);
  }

  @Test
  void countsAreLimited() {
    assertThat(BlockRules.check(many("{'type':'divider'}", 50), 50)).isEmpty();
    assertThat(BlockRules.check(many("{'type':'divider'}", 51), 50))
        .containsExactly("[ERROR] no more than 50 items allowed [json-pointer:/blocks]");
    String button = "{'type':'button','text':{'type':'plain_text','text':'b'}}";
    assertThat(BlockRules.check(actions(button, 25), 50)).isEmpty();
    assertThat(BlockRules.check(actions(button, 26), 50)).hasSize(1);
  }

  @Test
  void idsAreUnique() {
    assertThat(BlockRules.check(many("{'type':'divider','block_id':'x'}", 2), 50))
        .containsExactly("[ERROR] `block_id` already exists: x [json-pointer:/blocks/1/block_id]");
    String button = "{'type':'button','action_id':'a','text':{'type':'plain_text','text':'b'}}";
    assertThat(BlockRules.check(actions(button, 2), 50))
        .containsExactly(
            "[ERROR] `action_id` already exists: a [json-pointer:/blocks/0/elements/1/action_id]");
  }

  @Test
  void blocksAreAList() {
    assertThat(BlockRules.check(Json.object(), 50)).hasSize(1);
  }

  private static JsonNode filled(String block, int letters) {
    return json("[" + block.replace("@", "x".repeat(letters)) + "]");
  }

  private static JsonNode actions(String element, int count) {
    return json("[{'type':'actions','elements':" + repeated(element, count) + "}]");
  }

  private static JsonNode many(String block, int count) {
    return json(repeated(block, count));
  }

  private static String repeated(String item, int count) {
    return IntStream.range(0, count).mapToObj(_ -> item).collect(Collectors.joining(",", "[", "]"));
  }

  private static JsonNode json(String text) {
    return Json.parse(text.replace('\'', '"')).orElseThrow();
  }
}
