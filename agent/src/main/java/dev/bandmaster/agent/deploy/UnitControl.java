package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.process.ProgramCall;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.config.UnitDefinition;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A systemd unit, controlled by systemctl. The unit and the beginning of the command come from this
 * node's configuration; a request only says which of the few actions.
 *
 * @param name what requests call it
 */
record UnitControl(String name, UnitDefinition definition, Supervisor supervisor, Health health) {

  /** What stands for the version of something that has none. */
  static final String VERSION = "systemd";

  private static final Path DIRECTORY = Path.of("/");

  private static final Set<String> RUNNING = Set.of("active", "reloading", "refreshing");

  /** What is read of {@code systemctl show}: a few short lines. */
  private static final int LONGEST_STATE = 4_000;

  /**
   * The state that systemd reports.
   *
   * @param load for instance {@code loaded} or {@code not-found}
   * @param active for instance {@code active} or {@code failed}
   * @param sub the finer state, for instance {@code running}
   * @param since when it became active, in systemd's words; may be empty
   */
  private record State(String load, String active, String sub, String since) {
    boolean isRunning() {
      return RUNNING.contains(active);
    }

    String inWords() {
      return sub.isEmpty() || sub.equals(active) ? active : active + " (" + sub + ")";
    }
  }

  ActionOutcome run(String action, ActionContext context) throws InterruptedException {
    return switch (action) {
      case "start" -> control(action, "started", context);
      case "stop" -> control(action, "stopped", context);
      case "restart" -> control(action, "restarted", context);
      case "reload" -> control(action, "reloaded", context);
      case "status" -> status(context);
      default ->
          ActionOutcome.failed(name + " is a systemd unit on this node and has no releases.");
    };
  }

  private ActionOutcome control(String verb, String done, ActionContext context)
      throws InterruptedException {
    ProgramOutcome outcome = systemctl(List.of(verb, definition.unit()), context, context.output());
    if (!outcome.succeeded()) {
      return context.cancellation().isRequested()
          ? ActionOutcome.stopped(context.cancellation().reason())
          : ActionOutcome.failed(
              "systemctl " + verb + " " + definition.unit() + ": " + outcome.inWords() + ".");
    }
    if (!verb.equals("stop")
        && health.look(definition.health(), (command, printed) -> run(command, context, printed))
            instanceof StepResult.Failed(String reason)) {
      return ActionOutcome.failed(name + " " + done + ". " + reason);
    }
    State state = state(context);
    Data data = data(state);
    String sentence = "%s %s; %s is %s.".formatted(name, done, definition.unit(), state.inWords());
    return state.active().equals("failed") && !verb.equals("stop")
        ? new ActionOutcome(FinalCode.FAILED, sentence, null, data)
        : ActionOutcome.ok(sentence, data);
  }

  private ActionOutcome status(ActionContext context) {
    State state = state(context);
    if (state.load().equals("not-found")) {
      return ActionOutcome.failed("There is no unit " + definition.unit() + " on this node.");
    }
    String sentence =
        "%s is %s%s"
            .formatted(
                definition.unit(),
                state.inWords(),
                state.since().isEmpty() ? "" : " since " + state.since());
    return new ActionOutcome(
        state.isRunning() ? FinalCode.OK : FinalCode.FAILED, sentence, null, data(state));
  }

  private Data data(State state) {
    return Data.Fields.EMPTY
        .with("app", name)
        .with("current", VERSION)
        .with("unit", definition.unit())
        .with("state", state.active())
        .with("since", state.since())
        .with("running", state.isRunning());
  }

  private State state(ActionContext context) {
    StringBuilder printed = new StringBuilder();
    ProgramOutcome outcome =
        systemctl(
            List.of(
                "show",
                "--no-pager",
                "--property=LoadState,ActiveState,SubState,ActiveEnterTimestamp",
                definition.unit()),
            context,
            (stream, text) -> {
              if (stream.equals(ProgramOutput.OUT)
                  && printed.length() + text.length() <= LONGEST_STATE) {
                printed.append(text);
              }
            });
    Map<String, String> properties = new HashMap<>();
    for (String line : printed.toString().split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        properties.put(line.substring(0, equals), line.substring(equals + 1).strip());
      }
    }
    return new State(
        properties.getOrDefault("LoadState", ""),
        properties.getOrDefault(
            "ActiveState",
            outcome.succeeded() ? "in an unknown state" : "unknown: " + outcome.inWords()),
        properties.getOrDefault("SubState", ""),
        properties.getOrDefault("ActiveEnterTimestamp", ""));
  }

  private ProgramOutcome systemctl(
      List<String> words, ActionContext context, ProgramOutput printed) {
    List<String> command = new ArrayList<>(definition.systemctl());
    command.addAll(words);
    return run(command, context, printed);
  }

  private ProgramOutcome run(List<String> command, ActionContext context, ProgramOutput printed) {
    Duration left = context.remaining();
    return supervisor.run(
        new ProgramCall(
            command,
            DIRECTORY,
            environment(),
            left.compareTo(definition.timeout()) < 0 ? left : definition.timeout()),
        printed,
        context.cancellation());
  }

  /** {@code systemctl --user} finds its manager by the folder of the agent's own session. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", Supervisor.DEFAULT_PATH);
    environment.put("LC_ALL", "C.UTF-8");
    String session = System.getenv("XDG_RUNTIME_DIR");
    if (session != null) {
      environment.put("XDG_RUNTIME_DIR", session);
    }
    return environment;
  }
}
