package dev.bandmaster.agent.exec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionDeclaration.Weight;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.action.Schemas;
import dev.bandmaster.agent.adhoc.AdhocModule;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.config.ExecConfig;
import dev.bandmaster.model.FinalCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The modules of the configuration as actions. A module reads its input, one JSON object that fits
 * its schema, from standard input; see {@link ExecOutput} for what it prints.
 */
public final class ExecModules {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Most bytes of a schema file. */
  private static final long LARGEST_SCHEMA = 256L * 1024;

  /** Mistakes that are reported at once. */
  private static final int MOST_MISTAKES = 3;

  private final Map<String, ExecConfig> modules;
  private final Map<String, JsonNode> schemas = new TreeMap<>();
  private final Map<String, JsonSchema> compiled = new TreeMap<>();
  private final Path directory;

  /**
   * Modules of this configuration.
   *
   * @param directory where they run, private to the agent
   * @throws IOException with a sentence if a schema cannot be read
   */
  public ExecModules(Map<String, ExecConfig> modules, Path directory) throws IOException {
    this.modules = new TreeMap<>(modules);
    this.directory = directory;
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    for (Map.Entry<String, ExecConfig> module : modules.entrySet()) {
      JsonNode schema = schema(module.getKey(), module.getValue().schema());
      schemas.put(module.getKey(), schema);
      compiled.put(module.getKey(), factory.getSchema(schema));
    }
  }

  private static JsonNode schema(String module, Path file) throws IOException {
    try {
      if (Files.size(file) > LARGEST_SCHEMA) {
        throw new IOException("it is larger than 256 KiB");
      }
      JsonNode schema = JSON.readTree(file.toFile());
      if (!schema.isObject()) {
        throw new IOException("it is no JSON object");
      }
      return schema;
    } catch (IOException e) {
      throw new IOException(
          "The schema %s of the module %s cannot be used: %s"
              .formatted(file, module, e.getMessage()),
          e);
    }
  }

  /** The modules as actions of {@code adhoc}. */
  public List<ActionDeclaration> actions() {
    return modules.entrySet().stream()
        .map(entry ->
            new ActionDeclaration(
                entry.getKey(),
                entry.getValue().summary(),
                Weight.JOB,
                Schemas.beside(AdhocModule.class, "arguments.schema.json"),
                entry.getValue().timeout(),
                context -> run(entry.getKey(), entry.getValue(), context)))
        .toList();
  }

  private ActionOutcome run(String name, ExecConfig module, ActionContext context)
      throws IOException {
    ExecInput read = ExecInput.of(context.arguments().path("arguments"), schemas.get(name));
    if (!(read instanceof ExecInput.Read(ObjectNode input))) {
      return ActionOutcome.of(FinalCode.INVALID, ((ExecInput.Mistake) read).sentence());
    }
    String mistakes = mistakes(name, input);
    if (!mistakes.isEmpty()) {
      return ActionOutcome.of(
          FinalCode.INVALID,
          "The arguments of the module %s are not valid: %s.".formatted(name, mistakes));
    }
    Path file =
        Files.createTempFile(
            directory,
            "exec-",
            ".json",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(file, JSON.writeValueAsString(input) + "\n");
      var output = new ExecOutput(context);
      ProgramOutcome outcome =
          context.run(
              module.command(),
              directory,
              Map.of("PATH", Supervisor.DEFAULT_PATH, "LC_ALL", "C.UTF-8"),
              file,
              output);
      return output.outcome(name, ActionOutcome.of(outcome, context.cancellation()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private String mistakes(String name, ObjectNode input) {
    JsonSchema schema = compiled.get(name);
    if (schema == null) {
      return "";
    }
    return schema.validate(input).stream()
        .map(ValidationMessage::getMessage)
        .sorted()
        .limit(MOST_MISTAKES)
        .collect(Collectors.joining("; "));
  }
}
