package dev.bandmaster.engine.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.plugin.EventListener;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.PluginEvent;
import dev.bandmaster.plugin.PluginServices;
import dev.bandmaster.plugin.Text;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A script that is told what has happened: one run for each event. */
record ScriptListener(PluginScript script) implements EventListener {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Override
  public void on(PluginEvent event, PluginServices services) {
    JsonNode request = request(event);
    if (request.isEmpty()) {
      return;
    }
    try {
      JsonNode said = ScriptProcess.run(script, request, ask -> answer(ask, services));
      if (!said.path("type").asText().equals("done")) {
        throw new IllegalStateException("ended an event with something else than 'done'");
      }
    } catch (ScriptException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The line about an event; empty for one that scripts are not told of. */
  static ObjectNode request(PluginEvent event) {
    ObjectNode line = JSON.objectNode();
    switch (event) {
      case PluginEvent.JobEnded job -> {
        line.put("type", "event").put("event", "job-ended");
        line.put("at", job.at().toString()).put("number", job.number()).put("title", job.title());
        line.put("environment", job.environment()).put("application", job.application());
        line.put("version", job.version()).put("status", job.status());
        line.put("requester", job.requester());
        job.failed().forEach(line.putArray("failed")::add);
      }
      case PluginEvent.AlertChanged alert -> {
        line.put("type", "event").put("event", alert.isFiring() ? "alert-began" : "alert-ended");
        line.put("at", alert.at().toString()).put("number", alert.number());
        line.put("environment", alert.environment()).put("severity", alert.severity());
        alert.names().forEach(line.putArray("names")::add);
      }
      case PluginEvent.NodeChanged node -> {
        line.put("type", "event").put("event", "node-" + node.state());
        line.put("at", node.at().toString()).put("node", node.node());
        line.put("environment", node.environment());
      }
      default -> {
        // Newer kinds have no line yet.
      }
    }
    return line;
  }

  private static JsonNode answer(JsonNode ask, PluginServices services) throws ScriptException {
    try {
      return switch (ask.path("type").asText()) {
        case "ask-post" -> {
          ScriptJson.only(ask, Set.of("type", "channel", "text", "preformatted", "buttons"));
          services.post(ScriptJson.text(ask, "channel"), message(ask));
          yield JSON.objectNode().put("type", "ok");
        }
        case "ask-get" -> {
          ScriptJson.only(ask, Set.of("type", "key"));
          ObjectNode value = JSON.objectNode().put("type", "value");
          services
              .get(ScriptJson.text(ask, "key"))
              .ifPresentOrElse(known -> value.put("value", known), () -> value.putNull("value"));
          yield value;
        }
        case "ask-put" -> {
          ScriptJson.only(ask, Set.of("type", "key", "value"));
          services.put(ScriptJson.text(ask, "key"), ScriptJson.text(ask, "value"));
          yield JSON.objectNode().put("type", "ok");
        }
        case "ask-remove" -> {
          ScriptJson.only(ask, Set.of("type", "key"));
          services.remove(ScriptJson.text(ask, "key"));
          yield JSON.objectNode().put("type", "ok");
        }
        case "ask-call" -> {
          ScriptJson.only(ask, Set.of("type", "method", "address", "headers", "body"));
          Map<String, String> headers = new HashMap<>();
          ask.path("headers")
              .properties()
              .forEach(each -> headers.put(each.getKey(), each.getValue().asText()));
          PluginServices.Answer answer =
              services.call(
                  ask.path("method").asText("GET"),
                  URI.create(ScriptJson.text(ask, "address")),
                  headers,
                  ask.path("body").asText(""));
          yield JSON.objectNode()
              .put("type", "answer")
              .put("status", answer.status())
              .put("body", answer.body());
        }
        default -> throw new ScriptException("asked an unknown question");
      };
    } catch (IllegalArgumentException | IllegalStateException e) {
      return JSON.objectNode().put("type", "refused").put("reason", e.getMessage());
    }
  }

  private static Message message(JsonNode said) throws ScriptException {
    List<Block> blocks = new ArrayList<>();
    if (said.has("text")) {
      blocks.add(new Message.Paragraph(Text.sentence(ScriptJson.text(said, "text"))));
    }
    if (said.has("preformatted")) {
      blocks.add(new Message.Preformatted(ScriptJson.text(said, "preformatted")));
    }
    List<Message.Button> buttons = new ArrayList<>();
    for (JsonNode button : said.path("buttons")) {
      ScriptJson.only(button, Set.of("command", "label"));
      buttons.add(
          PluginServices.button(
              ScriptJson.text(button, "command"), ScriptJson.text(button, "label")));
    }
    if (!buttons.isEmpty()) {
      blocks.add(new Message.Buttons(buttons));
    }
    if (blocks.isEmpty()) {
      throw new ScriptException("posted a message without 'text' and 'preformatted'");
    }
    return new Message(blocks);
  }
}
