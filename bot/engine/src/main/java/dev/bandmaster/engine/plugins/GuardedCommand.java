package dev.bandmaster.engine.plugins;

import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;
import dev.bandmaster.plugin.Presenter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A command of a plugin, seen from the bot: each call has a deadline, a failure is an answer to the
 * person who asked, and nothing that the plugin says shows its secrets.
 */
class GuardedCommand implements CommandPlugin {

  /** Drawing goes on while many jobs wait for it, so putting an answer into words is quick. */
  private static final Duration LONGEST_PRESENTATION = Duration.ofSeconds(2);

  /** Characters of a reason that a plugin gives. */
  private static final int LONGEST_REASON = 1_000;

  /** Characters of the title of a job. */
  private static final int LONGEST_TITLE = 300;

  /** Characters that a plugin makes of one node's answer. */
  private static final int LONGEST_DESCRIPTION = 20_000;

  /** Lines of a summary. */
  private static final int MOST_LINES = 20;

  /** Charts of a message. */
  private static final int MOST_CHARTS = 2;

  private final String plugin;
  private final CommandPlugin command;
  private final CommandDeclaration declaration;
  private final PluginCalls calls;

  GuardedCommand(
      String plugin, CommandPlugin command, CommandDeclaration declaration, PluginCalls calls) {
    this.plugin = plugin;
    this.command = command;
    this.declaration = declaration;
    this.calls = calls;
  }

  @Override
  public CommandDeclaration declaration() {
    return declaration;
  }

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    Optional<String> off = calls.health().off();
    if (off.isPresent()) {
      return new Planned.Refused(
          "The plugin %s is switched off: %s. The bot's operators can load it again with `plugins reload %s`."
              .formatted(plugin, off.get(), plugin));
    }
    try {
      return clean(calls.call("in plan()", () -> command.plan(invocation, context)));
    } catch (PluginFailure e) {
      return new Planned.Refused(
          "The plugin %s %s. Nothing was done.".formatted(plugin, e.getMessage()));
    }
  }

  private Planned clean(Planned planned) {
    Redaction redaction = calls.redaction();
    return switch (planned) {
      case Planned.Refused(String reason) ->
          new Planned.Refused(redaction.text(reason, LONGEST_REASON));
      case Planned.Answer(var message) -> new Planned.Answer(redaction.message(message));
      case Planned.Work work -> work.titled(redaction.text(work.title(), LONGEST_TITLE));
    };
  }

  /** A plugin cannot make its command pass for another one. */
  @Override
  public String permission(Arguments arguments) {
    String name = declaration.name();
    if (calls.health().off().isPresent()) {
      return name;
    }
    try {
      String permission = calls.call("in permission()", () -> command.permission(arguments));
      if (permission.equals(name) || permission.startsWith(name + ":")) {
        return permission;
      }
      calls.health().failed(1, "asks for the permission of another command in " + name);
    } catch (PluginFailure e) {
      // Counted; without an answer nobody may.
    }
    throw new IllegalStateException("the plugin %s names no permission".formatted(plugin));
  }

  @Override
  public Optional<Planned.Work> undo(Planned.Subject before, List<String> nodes) {
    if (calls.health().off().isPresent()) {
      return Optional.empty();
    }
    try {
      return calls.call("in undo()", () -> command.undo(before, nodes));
    } catch (PluginFailure e) {
      return Optional.empty();
    }
  }

  @Override
  public Presenter presenter() {
    return new Presenter() {
      @Override
      public String describe(NodeOutcome outcome) {
        if (calls.health().off().isPresent()) {
          return Presenter.PLAIN.describe(outcome);
        }
        try {
          return calls
              .redaction()
              .text(
                  calls.call(
                      "in describe()",
                      LONGEST_PRESENTATION,
                      () -> command.presenter().describe(outcome)),
                  LONGEST_DESCRIPTION);
        } catch (PluginFailure e) {
          return Presenter.PLAIN.describe(outcome);
        }
      }

      @Override
      public List<String> summary(List<NodeOutcome> outcomes) {
        if (calls.health().off().isPresent()) {
          return List.of();
        }
        try {
          return calls
              .call(
                  "in summary()", LONGEST_PRESENTATION, () -> command.presenter().summary(outcomes))
              .stream()
              .limit(MOST_LINES)
              .map(line -> calls.redaction().text(line, LONGEST_REASON))
              .toList();
        } catch (PluginFailure e) {
          return List.of();
        }
      }

      @Override
      public List<Message.Chart> charts(List<NodeOutcome> outcomes) {
        if (calls.health().off().isPresent()) {
          return List.of();
        }
        try {
          return calls
              .call("in charts()", LONGEST_PRESENTATION, () -> command.presenter().charts(outcomes))
              .stream()
              .limit(MOST_CHARTS)
              .map(calls.redaction()::chart)
              .toList();
        } catch (PluginFailure e) {
          return List.of();
        }
      }
    };
  }
}
