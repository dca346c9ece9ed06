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
    assertThat(BlockRules.check(filled(block, most), Surface.MESSAGE)).as(what).isEmpty();
    assertThat(BlockRules.check(filled(block, most + 1), Surface.MESSAGE))
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
    assertThat(BlockRules.check(filled(block, 0), Surface.MESSAGE)).contains("[ERROR] " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':'actions','elements':[{'type':'slider'}]} | unsupported type: slider [json-pointer:/blocks/0/elements/0/type]
          {'type':'actions','elements':[{'type':'plain_text_input'}]} | unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]
          {'type':'actions','elements':[{'type':'static_select'}]} | missing required field: options [json-pointer:/blocks/0/elements/0]
          {'type':'actions','elements':[{'type':'button'}]} | missing required field: text [json-pointer:/blocks/0/elements/0]
          {'type':'actions','elements':[{'type':'overflow','options':[{'text':{'type':'plain_text','text':'o'}}]}]} | missing required field: value [json-pointer:/blocks/0/elements/0/options/0]
          {'type':'section','text':{'type':'mrkdwn','text':'x'},'accessory':{'type':'image','alt_text':'x'}} | missing required field: image_url or slack_file [json-pointer:/blocks/0/accessory]
          {'type':'image','alt_text':'x'} | missing required field: image_url or slack_file [json-pointer:/blocks/0]
          {'type':'input','label':{'type':'plain_text','text':'x'},'element':{'type':'button','text':{'type':'plain_text','text':'b'}}} | unsupported type: button [json-pointer:/blocks/0/element/type]
          {'type':'input','label':{'type':'plain_text','text':'x'},'element':{'type':'number_input'}} | missing required field: is_decimal_allowed [json-pointer:/blocks/0/element]
          {'type':'rich_text','elements':[{'type':'text','text':'x'}]} | unsupported type: text [json-pointer:/blocks/0/elements/0/type]
          {'type':'rich_text','elements':[{'type':'rich_text_section','elements':[{'type':'user'}]}]} | missing required field: user_id [json-pointer:/blocks/0/elements/0/elements/0]
          {'type':'alert','text':{'type':'plain_text','text':'x'}} | unsupported type: alert [json-pointer:/blocks/0/type]
          {'type':'card','subtitle':{'type':'mrkdwn','text':'x'}} | must have at least one of: title, body, hero_image, actions [json-pointer:/blocks/0]
          {'type':'carousel','elements':[]} | must have at least 1 item [json-pointer:/blocks/0/elements]
          {'type':'carousel','elements':[{'type':'divider'}]} | unsupported type: divider [json-pointer:/blocks/0/elements/0/type]
          {'type':'container','child_blocks':[{'type':'divider'}]} | missing required field: title or rich_text_title [json-pointer:/blocks/0]
          {'type':'container','title':{'type':'plain_text','text':'x'},'child_blocks':[{'type':'data_table'}]} | unsupported type: data_table [json-pointer:/blocks/0/child_blocks/0/type]
          {'type':'container','title':{'type':'plain_text','text':'x'},'default_collapsed':true,'child_blocks':[{'type':'divider'}]} | default_collapsed requires is_collapsible [json-pointer:/blocks/0/default_collapsed]
          {'type':'context_actions','elements':[{'type':'button','text':{'type':'plain_text','text':'b'}}]} | unsupported type: button [json-pointer:/blocks/0/elements/0/type]
          {'type':'data_table','caption':'x','rows':[[{'type':'raw_text','text':'a'}]]} | must have at least 2 items [json-pointer:/blocks/0/rows]
          {'type':'data_table','rows':[[{'type':'raw_text','text':'a'}],[{'type':'raw_text','text':'b'}]]} | missing required field: caption [json-pointer:/blocks/0]
          {'type':'data_table','caption':'x','rows':[[{'type':'raw_text','text':'a'}],[{'type':'raw_text','text':'b'},{'type':'raw_number','value':1}]]} | all rows must have the same number of cells [json-pointer:/blocks/0/rows/1]
          {'type':'data_table','caption':'x','page_size':101,'rows':[[{'type':'raw_text','text':'a'}],[{'type':'raw_text','text':'b'}]]} | must be between 1 and 100 [json-pointer:/blocks/0/page_size]
          {'type':'table','rows':[[{'type':'mrkdwn','text':'a'}]]} | unsupported type: mrkdwn [json-pointer:/blocks/0/rows/0/0/type]
          {'type':'data_visualization','title':'x','chart':{'type':'donut'}} | must be one of: area, bar, line, pie [json-pointer:/blocks/0/chart/type]
          {'type':'data_visualization','title':'x','chart':{'type':'pie','segments':[{'label':'a'}]}} | missing required field: value [json-pointer:/blocks/0/chart/segments/0]
          {'type':'task_card','task_id':'1','title':'x','status':'done'} | must be one of: complete, error, in_progress, pending [json-pointer:/blocks/0/status]
          {'type':'plan','title':'x','tasks':[{'task_id':'1','status':'pending'}]} | missing required field: title [json-pointer:/blocks/0/tasks/0]
          """)
  void simulatorM2_whatSlackRefusesIsRefused(String block, String problem) {
    assertThat(BlockRules.check(filled(block, 0), Surface.MESSAGE)).contains("[ERROR] " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          MODAL | {'type':'alert','level':'warning','text':{'type':'plain_text','text':'x'}}
          HOME | {'type':'carousel','elements':[{'type':'card','title':{'type':'mrkdwn','text':'x'},'actions':[{'type':'button','text':{'type':'plain_text','text':'b'}}]}]}
          MESSAGE | {'type':'container','title':{'type':'plain_text','text':'x'},'is_collapsible':true,'default_collapsed':true,'child_blocks':[{'type':'section','text':{'type':'mrkdwn','text':'x'}},{'type':'table','rows':[[{'type':'raw_text','text':'a'}]]}]}
          MESSAGE | {'type':'data_table','caption':'x','rows':[[{'type':'raw_text','text':'a'}],[{'type':'raw_number','value':3}]]}
          MESSAGE | {'type':'data_visualization','title':'x','chart':{'type':'bar','series':[{'name':'s','data':[{'label':'a','value':1}]}],'axis_config':{'categories':['a']}}}
          MESSAGE | {'type':'plan','title':'x','tasks':[{'type':'task_card','task_id':'1','title':'t','status':'complete'}]}
          MESSAGE | {'type':'context_actions','elements':[{'type':'icon_button','icon':'trash','text':{'type':'plain_text','text':'b'}}]}
          """)
  void simulatorM2_theNewBlocksAreTakenWhereTheyMayStand(Surface surface, String block) {
    assertThat(BlockRules.check(filled(block, 0), surface)).isEmpty();
    Surface other = surface == Surface.MESSAGE ? Surface.MODAL : Surface.MESSAGE;
    if (surface != Surface.HOME) {
      assertThat(BlockRules.check(filled(block, 0), other))
          .singleElement()
          .asString()
          .contains("unsupported type");
    }
  }

  @Test
  void simulatorM2_blocksOfOneMessageExcludeEachOther() {
    String chart =
        "{'type':'data_visualization','title':'x',"
            + "'chart':{'type':'pie','segments':[{'label':'a','value':1}]}}";
    assertThat(BlockRules.check(many(chart, 2), Surface.MESSAGE)).isEmpty();
    assertThat(BlockRules.check(many(chart, 3), Surface.MESSAGE)).hasSize(1);
    String task = "{'type':'task_card','task_id':'1','title':'t','status':'pending'}";
    assertThat(
            BlockRules.check(json("[" + task + ",{'type':'plan','title':'x'}]"), Surface.MESSAGE))
        .containsExactly("[ERROR] plan and task_card cannot be combined [json-pointer:/blocks]");
  }

  @Test
  void simulatorM2_anOverflowMenuHasFiveOptions() {
    String option = "{'value':'1','text':{'type':'plain_text','text':'o'}}";
    String menu = "{'type':'overflow','options':" + repeated(option, 6) + "}";
    assertThat(BlockRules.check(actions(menu, 1), Surface.MESSAGE))
        .containsExactly(
            "[ERROR] no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]");
  }

  @Test
  void countsAreLimited() {
    assertThat(BlockRules.check(many("{'type':'divider'}", 50), Surface.MESSAGE)).isEmpty();
    assertThat(BlockRules.check(many("{'type':'divider'}", 51), Surface.MESSAGE))
        .containsExactly("[ERROR] no more than 50 items allowed [json-pointer:/blocks]");
    String button = "{'type':'button','text':{'type':'plain_text','text':'b'}}";
    assertThat(BlockRules.check(actions(button, 25), Surface.MESSAGE)).isEmpty();
    assertThat(BlockRules.check(actions(button, 26), Surface.MESSAGE)).hasSize(1);
  }

  @Test
  void idsAreUnique() {
    assertThat(BlockRules.check(many("{'type':'divider','block_id':'x'}", 2), Surface.MESSAGE))
        .containsExactly("[ERROR] `block_id` already exists: x [json-pointer:/blocks/1/block_id]");
    String button = "{'type':'button','action_id':'a','text':{'type':'plain_text','text':'b'}}";
    assertThat(BlockRules.check(actions(button, 2), Surface.MESSAGE))
        .containsExactly(
            "[ERROR] `action_id` already exists: a [json-pointer:/blocks/0/elements/1/action_id]");
  }

  @Test
  void blocksAreAList() {
    assertThat(BlockRules.check(Json.object(), Surface.MESSAGE)).hasSize(1);
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
