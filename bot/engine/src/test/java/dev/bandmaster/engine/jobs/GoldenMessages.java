package dev.bandmaster.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What people are shown of a job, as files that are reviewed. {@code -Dgolden.update=true} writes
 * them again.
 */
public final class GoldenMessages {
  private static final Path FOLDER = Path.of("src/test/resources/golden/bot");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private GoldenMessages() {}

  public static void check(String name, Message message) throws IOException {
    checkText(name + ".json", JSON.writeValueAsString(blocks(message.blocks())) + "\n");
  }

  private static ArrayNode blocks(List<Message.Block> blocks) {
    ArrayNode nodes = JSON.createArrayNode();
    blocks.forEach(block -> nodes.add(json(block)));
    return nodes;
  }

  public static void checkText(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(text).as("golden file %s", file).isEqualTo(Files.readString(file));
  }

  private static JsonNode json(Message.Block block) {
    ObjectNode object = JSON.createObjectNode();
    String kind = block.getClass().getSimpleName();
    return switch (block) {
      case Message.Header(String text) -> object.put(kind, text);
      case Message.Paragraph(Text text) -> object.set(kind, spans(text));
      case Message.Preformatted(String text) -> object.put(kind, text);
      case Message.Footnote(Text text) -> object.set(kind, spans(text));
      case Message.Divider() -> object.put(kind, "");
      case Message.Buttons(var buttons) -> object.set(kind, JSON.valueToTree(buttons));
      case Message.Menu(String label, var buttons) -> {
        object.put(kind, label);
        yield object.set("buttons", JSON.valueToTree(buttons));
      }
      case Message.Foldable(Text title, var content, boolean isOpen) -> {
        object.set(kind, spans(title));
        object.put("open", isOpen);
        yield object.set("content", blocks(content));
      }
      case Message.Table(String caption, var columns, var rows, var plain) -> {
        object.put(kind, caption);
        object.set("columns", JSON.valueToTree(columns));
        ArrayNode lines = object.putArray("rows");
        rows.forEach(row -> {
          ArrayNode cells = lines.addArray();
          row.forEach(cell -> cells.add(spans(cell)));
        });
        yield object.set("plain", blocks(plain));
      }
      case Message.Chart(String title, String unit, var bars, var plain) -> {
        object.put(kind, title + " (" + unit + ")");
        object.set("bars", JSON.valueToTree(bars));
        yield object.set("plain", blocks(plain));
      }
    };
  }

  private static JsonNode spans(Text text) {
    ArrayNode spans = JSON.createArrayNode();
    for (Text.Span span : text.spans()) {
      spans.addObject().set(span.getClass().getSimpleName(), json(span));
    }
    return spans;
  }

  private static JsonNode json(Text.Span span) {
    return switch (span) {
      case Text.Span.Plain(String text) -> JSON.valueToTree(text);
      case Text.Span.Bold(String text) -> JSON.valueToTree(text);
      case Text.Span.Code(String text) -> JSON.valueToTree(text);
      case Text.Span.Person(String user) -> JSON.valueToTree(user);
      case Text.Span.Group(String group) -> JSON.valueToTree(group);
      case Text.Span.Channel(String channel) -> JSON.valueToTree(channel);
      case Text.Span.Link(String url, String label) -> JSON.valueToTree(label + " " + url);
      case Text.Span.Moment(var at, var withDay) ->
          JSON.valueToTree(at + (withDay ? " with day" : ""));
    };
  }
}
