package dev.bandmaster.simulator.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Gathers the elements of one rich text block in the order they were typed. */
final class RichText {
  private final ArrayNode sections = Json.array();
  private @Nullable ArrayNode line;

  void text(String text, boolean code) {
    if (text.isEmpty()) {
      return;
    }
    ObjectNode element = Json.object().put("type", "text").put("text", text);
    if (code) {
      element.set("style", Json.object().put("code", true));
    }
    inline(element);
  }

  void inline(ObjectNode element) {
    if (line == null) {
      ObjectNode section = sections.addObject().put("type", "rich_text_section");
      line = section.putArray("elements");
    }
    line.add(element);
  }

  void preformatted(String code) {
    line = null;
    sections
        .addObject()
        .put("type", "rich_text_preformatted")
        .putArray("elements")
        .addObject()
        .put("type", "text")
        .put("text", code);
  }

  ArrayNode blocks() {
    ArrayNode blocks = Json.array();
    if (!sections.isEmpty()) {
      ObjectNode block = blocks.addObject().put("type", "rich_text").put("block_id", "typed");
      block.set("elements", sections);
    }
    return blocks;
  }
}
