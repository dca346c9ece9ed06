package dev.bandmaster.engine.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.PluginApi;
import dev.bandmaster.plugin.Risk;
import dev.bandmaster.plugin.Runbook;
import dev.bandmaster.plugin.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lines that the bot and a script exchange. Strict: an unknown key is an error. */
final class ScriptJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final int LONGEST_DEADLINE_SECONDS = 86_400;

  private ScriptJson() {}

  /** What a script is. */
  record Described(
      String api,
      String version,
      List<CommandDeclaration> commands,
      List<Runbook> runbooks,
      boolean listens) {
    Described {
      commands = List.copyOf(commands);
      runbooks = List.copyOf(runbooks);
    }
  }

  static ObjectNode describe() {
    return JSON.objectNode().put("type", "describe").put("api", PluginApi.VERSION);
  }

  static ObjectNode plan(String command, Invocation invocation) {
    ObjectNode request =
        JSON.objectNode()
            .put("type", "plan")
            .put("command", command)
            .put("canonical", invocation.canonical());
    ObjectNode arguments = request.putObject("arguments");
    invocation
        .arguments()
        .values()
        .forEach((name, words) -> {
          ArrayNode list = arguments.putArray(name);
          words.forEach(list::add);
        });
    return request;
  }

  static Described described(JsonNode said) throws ScriptException {
    only(said, Set.of("type", "api", "version", "commands", "runbooks", "listens"));
    type(said, "declaration");
    List<CommandDeclaration> commands = new ArrayList<>();
    for (JsonNode command : said.path("commands")) {
      commands.add(declaration(command));
    }
    List<Runbook> runbooks = new ArrayList<>();
    for (JsonNode runbook : said.path("runbooks")) {
      runbooks.add(ScriptRunbooks.read(runbook));
    }
    return new Described(
        text(said, "api"),
        text(said, "version"),
        commands,
        runbooks,
        said.path("listens").asBoolean(false));
  }

  private static CommandDeclaration declaration(JsonNode said) throws ScriptException {
    only(
        said,
        Set.of("name", "aliases", "summary", "parameters", "examples", "risk", "deadline_seconds"));
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode parameter : said.path("parameters")) {
      parameters.add(parameter(parameter));
    }
    try {
      CommandTraits traits =
          CommandTraits.STANDARD.risking(choice(said, "risk", Risk.class, Risk.READ_ONLY));
      if (said.has("deadline_seconds")) {
        int seconds = said.path("deadline_seconds").asInt();
        if (seconds < 1 || seconds > LONGEST_DEADLINE_SECONDS) {
          throw new ScriptException("declared a deadline that is not between 1 s and a day");
        }
        traits = traits.within(Duration.ofSeconds(seconds));
      }
      return new CommandDeclaration(
          text(said, "name"),
          texts(said, "aliases"),
          text(said, "summary"),
          parameters,
          texts(said, "examples"),
          traits);
    } catch (IllegalArgumentException e) {
      throw new ScriptException("declared a bad command: " + e.getMessage());
    }
  }

  private static Parameter parameter(JsonNode said) throws ScriptException {
    only(said, Set.of("name", "form", "type", "required", "help", "words"));
    Parameter.Form form = choice(said, "form", Parameter.Form.class, Parameter.Form.POSITIONAL);
    Parameter.Type type =
        switch (said.path("type").asText("word")) {
          case "environment" -> new Parameter.Type.Environment();
          case "application" -> new Parameter.Type.Application();
          case "version" -> new Parameter.Type.Version();
          case "nodes" -> new Parameter.Type.Nodes();
          case "word" -> new Parameter.Type.Word();
          case "size" -> new Parameter.Type.Size();
          case "span" -> new Parameter.Type.Span();
          case "choice" -> new Parameter.Type.Choice(texts(said, "words"));
          default -> throw new ScriptException("declared a parameter of an unknown type");
        };
    return new Parameter(
        text(said, "name"),
        form,
        type,
        said.path("required").asBoolean(form == Parameter.Form.POSITIONAL),
        text(said, "help"));
  }

  /** Answers what a script asks while it plans. */
  static JsonNode answer(JsonNode question, PlanningContext context) throws ScriptException {
    String type = question.path("type").asText();
    return switch (type) {
      case "ask-nodes" -> {
        only(question, Set.of("type", "filter"));
        yield switch (context.select(text(question, "filter"))) {
          case PlanningContext.Selection.Selected(List<Node> nodes) -> nodes(nodes);
          case PlanningContext.Selection.Unreadable(String reason) ->
              JSON.objectNode().put("type", "unreadable").put("reason", reason);
        };
      }
      case "ask-running" -> {
        only(question, Set.of("type", "environment", "application"));
        yield nodes(context.running(text(question, "environment"), text(question, "application")));
      }
      case "ask-versions" -> {
        only(question, Set.of("type", "environment", "application"));
        ObjectNode answer = JSON.objectNode().put("type", "versions");
        ArrayNode list = answer.putArray("versions");
        context
            .versions(text(question, "environment"), text(question, "application"))
            .forEach(list::add);
        yield answer;
      }
      default -> throw new ScriptException("asked an unknown question");
    };
  }

  private static ObjectNode nodes(List<Node> nodes) {
    ObjectNode answer = JSON.objectNode().put("type", "nodes");
    ArrayNode list = answer.putArray("nodes");
    for (Node node : nodes) {
      ObjectNode each =
          list.addObject()
              .put("name", node.name())
              .put("environment", node.environment())
              .put("present", node.present());
      ObjectNode applications = each.putObject("applications");
      node.applications().forEach(applications::put);
      ArrayNode roles = each.putArray("roles");
      node.roles().forEach(roles::add);
      ArrayNode tags = each.putArray("tags");
      node.tags().forEach(tags::add);
      ObjectNode facts = each.putObject("facts");
      node.facts().forEach(facts::put);
    }
    return answer;
  }

  static Planned planned(JsonNode said, Invocation invocation) throws ScriptException {
    return switch (said.path("type").asText()) {
      case "refusal" -> {
        only(said, Set.of("type", "reason"));
        yield new Planned.Refused(text(said, "reason"));
      }
      case "answer" -> {
        only(said, Set.of("type", "text", "preformatted"));
        List<Message.Block> blocks = new ArrayList<>();
        if (said.has("text")) {
          blocks.add(new Message.Paragraph(Text.sentence(text(said, "text"))));
        }
        if (said.has("preformatted")) {
          blocks.add(new Message.Preformatted(text(said, "preformatted")));
        }
        if (blocks.isEmpty()) {
          throw new ScriptException("gave an answer without 'text' and 'preformatted'");
        }
        yield new Planned.Answer(new Message(blocks));
      }
      case "work" -> work(said, invocation);
      default -> throw new ScriptException("gave a result of an unknown type");
    };
  }

  private static Planned work(JsonNode said, Invocation invocation) throws ScriptException {
    only(said, Set.of("type", "title", "capability", "action", "arguments", "nodes", "changes"));
    try {
      return Planned.Work.atOnce(
          said.path("title").asText(invocation.canonical()),
          text(said, "capability"),
          text(said, "action"),
          data(said.path("arguments")) instanceof Data.Fields fields ? fields : Data.Fields.EMPTY,
          new Planned.Reach.Frozen(texts(said, "nodes")),
          said.path("changes").asBoolean(true) ? Planned.Effect.CHANGES : Planned.Effect.READ_ONLY);
    } catch (IllegalArgumentException e) {
      throw new ScriptException("planned work that cannot be: " + e.getMessage());
    }
  }

  private static Data data(JsonNode said) {
    if (said.isObject()) {
      Map<String, Data> fields = new LinkedHashMap<>();
      said.properties().forEach(field -> fields.put(field.getKey(), data(field.getValue())));
      return new Data.Fields(fields);
    }
    if (said.isArray()) {
      List<Data> items = new ArrayList<>();
      said.forEach(item -> items.add(data(item)));
      return new Data.Items(items);
    }
    if (said.isNumber()) {
      return new Data.Decimal(
          said.isIntegralNumber() ? new BigDecimal(said.bigIntegerValue()) : said.decimalValue());
    }
    if (said.isBoolean()) {
      return new Data.Flag(said.booleanValue());
    }
    return said.isTextual() ? Data.of(said.textValue()) : Data.none();
  }

  private static void type(JsonNode said, String wanted) throws ScriptException {
    if (!said.path("type").asText().equals(wanted)) {
      throw new ScriptException("printed no line of the type '%s'".formatted(wanted));
    }
  }

  static void only(JsonNode said, Set<String> known) throws ScriptException {
    for (var field : said.properties()) {
      if (!known.contains(field.getKey())) {
        String key = field.getKey();
        throw new ScriptException(
            "printed the unknown key '%s'"
                .formatted(key.length() <= 40 ? key : key.substring(0, 40) + "…"));
      }
    }
  }

  static String text(JsonNode said, String key) throws ScriptException {
    JsonNode value = said.path(key);
    if (!value.isTextual()) {
      throw new ScriptException("printed a line whose '%s' is no text".formatted(key));
    }
    return value.textValue();
  }

  static List<String> texts(JsonNode said, String key) throws ScriptException {
    List<String> texts = new ArrayList<>();
    JsonNode list = said.path(key);
    if (!list.isMissingNode() && !list.isArray()) {
      throw new ScriptException("printed a line whose '%s' is no list".formatted(key));
    }
    for (JsonNode item : list) {
      if (!item.isTextual()) {
        throw new ScriptException(
            "printed a line whose '%s' has an item that is no text".formatted(key));
      }
      texts.add(item.textValue());
    }
    return texts;
  }

  static <E extends Enum<E>> E choice(JsonNode said, String key, Class<E> type, E standard)
      throws ScriptException {
    if (!said.has(key)) {
      return standard;
    }
    String word = text(said, key);
    for (E each : type.getEnumConstants()) {
      if (each.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-').equals(word)) {
        return each;
      }
    }
    throw new ScriptException("printed a line whose '%s' is no known word".formatted(key));
  }
}
