package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.plugin.Message;
import java.util.Map;
import java.util.Set;

/** What is sent where Slack refuses how a message looks: its text and nothing else. */
final class PlainForm {

  /** A section's text. */
  private static final int LONGEST_SECTION = 3_000;

  /** It is what is said, or its form, that Slack refuses: the same said plainly may pass. */
  private static final Set<String> CONTENT =
      Set.of(
          "invalid_blocks",
          "invalid_blocks_format",
          "msg_blocks_too_long",
          "msg_too_long",
          "invalid_attachments",
          "invalid_arguments",
          "view_too_large");

  private PlainForm() {}

  /** Whether a call was refused for what a plain text may not have. */
  static boolean helps(CallResult<?> result) {
    return result instanceof CallResult.Refused<?>(var error, var _) && CONTENT.contains(error);
  }

  /** The fields of a post or an update; blocks that are there already are taken away. */
  static Map<String, String> of(Message message) {
    return Map.of("text", Fallback.of(message), "blocks", "[]");
  }

  /** The value of {@code view} of a home tab. */
  static String home(Message message) {
    ObjectNode view = JsonNodeFactory.instance.objectNode().put("type", "home");
    view.putArray("blocks")
        .addObject()
        .put("type", "section")
        .putObject("text")
        .put("type", "plain_text")
        .put("text", Lines.cut(Fallback.of(message), LONGEST_SECTION));
    return view.toString();
  }
}
