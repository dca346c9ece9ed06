package dev.bandmaster.agent.adhoc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionDeclaration.Weight;
import dev.bandmaster.agent.action.ActionHandler;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.action.AgentModule;
import dev.bandmaster.agent.action.Schemas;
import dev.bandmaster.agent.ping.PingModule;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.config.AdhocConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small commands: the fixed ones the configuration names, {@code service}, {@code command} and
 * {@code ping}. Each is an action of its own, so that policies can distinguish them; each takes a
 * list of arguments that reaches a program as it is, or nothing at all.
 */
public final class AdhocModule implements AgentModule {

  /** What the bus routes by. */
  public static final String CAPABILITY = "adhoc";

  private final AdhocConfig config;
  private final Path directory;
  private final PingModule ping;
  private final List<ActionDeclaration> more;

  /**
   * A module of this configuration.
   *
   * @param directory where the commands run
   * @param more actions beside the fixed ones
   */
  public AdhocModule(
      AdhocConfig config, Path directory, PingModule ping, List<ActionDeclaration> more) {
    this.more = List.copyOf(more);
    this.config = config;
    this.directory = directory;
    this.ping = ping;
  }

  @Override
  public String capability() {
    return CAPABILITY;
  }

  @Override
  public List<ActionDeclaration> actions() {
    Map<String, ActionDeclaration> actions = new TreeMap<>();
    more.forEach(action -> actions.put(action.name(), action));
    config
        .modules()
        .forEach((name, command) ->
            put(actions, name, "Runs " + command.getFirst() + ".", fixed(name, command)));
    put(actions, "ping", "Answers pong.", _ -> ping.pong());
    put(actions, "command", "Runs a program that this node allows.", this::command);
    put(actions, "service", "Controls a service.", this::service);
    return List.copyOf(actions.values());
  }

  private void put(
      Map<String, ActionDeclaration> actions, String name, String summary, ActionHandler handler) {
    actions.put(
        name,
        new ActionDeclaration(
            name,
            summary,
            Weight.JOB,
            Schemas.beside(AdhocModule.class, "arguments.schema.json"),
            config.timeout(),
            handler));
  }

  private ActionHandler fixed(String name, List<String> command) {
    return context ->
        arguments(context).isEmpty()
            ? run(command, context)
            : ActionOutcome.failed("The module " + name + " accepts no arguments on this node.");
  }

  private ActionOutcome command(ActionContext context) {
    List<String> call = arguments(context);
    if (call.isEmpty()) {
      return ActionOutcome.failed("No program given. Allowed on this node: " + programs() + ".");
    }
    List<String> rest = call.subList(1, call.size());
    boolean known =
        config.commands().stream()
            .anyMatch(allowed -> allowed.executable().equals(call.getFirst()));
    boolean allowed =
        config.commands().stream().anyMatch(each -> each.allows(call.getFirst(), rest));
    if (allowed) {
      return run(call, context);
    }
    return ActionOutcome.failed(
        known
            ? "The program " + call.getFirst() + " does not accept these arguments on this node."
            : "The program "
                + call.getFirst()
                + " is not allowed on this node. Allowed: "
                + programs()
                + ".");
  }

  private ActionOutcome service(ActionContext context) {
    List<String> words = arguments(context);
    if (words.size() != 2) {
      return ActionOutcome.failed(
          "Give a service and a verb: service <name> <verb>. Services on this node: "
              + listed(config.services().keySet())
              + ".");
    }
    AdhocConfig.ServiceCommands service = config.services().get(words.getFirst());
    if (service == null) {
      return ActionOutcome.failed(
          "There is no service "
              + words.getFirst()
              + " on this node. Available: "
              + listed(config.services().keySet())
              + ".");
    }
    List<String> command = service.verbs().get(words.getLast());
    return command == null
        ? ActionOutcome.failed(
            "The service "
                + words.getFirst()
                + " supports only "
                + listed(service.verbs().keySet())
                + " on this node.")
        : run(command, context);
  }

  private ActionOutcome run(List<String> command, ActionContext context) {
    return ActionOutcome.of(
        context.run(
            command, directory, Map.of("PATH", Supervisor.DEFAULT_PATH, "LC_ALL", "C.UTF-8")),
        context.cancellation());
  }

  private static List<String> arguments(ActionContext context) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : context.arguments().path("arguments")) {
      words.add(word.asText());
    }
    return words;
  }

  private String programs() {
    return listed(config.commands().stream().map(AdhocConfig.AllowedCommand::executable).toList());
  }

  private static String listed(Iterable<String> names) {
    String list = String.join(", ", names);
    return list.isEmpty() ? "none" : list;
  }
}
