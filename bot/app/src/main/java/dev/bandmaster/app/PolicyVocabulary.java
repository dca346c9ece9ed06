package dev.bandmaster.app;

import dev.bandmaster.acl.Vocabulary;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.model.Glob;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.standard.StandardPlugins;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a policy of this bot may name. */
final class PolicyVocabulary {
  /** The commands about the bot itself; each start compares them with those that there are. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "ack",
          "alert",
          "alerts",
          "alias",
          "answer",
          "approve",
          "audit",
          "cancel",
          "changes",
          "close",
          "eip-release",
          "eips",
          "fleet",
          "freeze",
          "freezes",
          "help",
          "history",
          "job",
          "jobs",
          "lock",
          "locks",
          "maintenance",
          "notify",
          "oncall",
          "output",
          "pause",
          "pending",
          "plugins",
          "plugins:reload",
          "plugins:remove",
          "reject",
          "resume",
          "retry",
          "run",
          "runbooks",
          "schedule",
          "schedules",
          "silence",
          "silences",
          "start",
          "status",
          "status:env",
          "subscribe",
          "subscriptions",
          "token",
          "token:others",
          "unalias",
          "undo",
          "unfreeze",
          "unlock",
          "unschedule",
          "unsilence",
          "unsubscribe",
          "version",
          "versions",
          "where",
          "whoami",
          "why",
          "withdraw");

  /** What nodes and services offer besides the agents' own modules. */
  private static final List<Glob> MODULES = List.of(new Glob("adhoc:*"));

  /** Rights that are no commands. */
  private static final Set<String> RIGHTS = Set.of("emergency");

  private static final Map<String, String> BUILT_IN_ALIASES =
      Map.of("abort", "cancel", "aliases", "alias");

  private PolicyVocabulary() {}

  /** All actions; environments and applications are not known. */
  static Vocabulary ofCommands() {
    Set<String> actions = new HashSet<>(BUILT_IN);
    actions.addAll(RIGHTS);
    Map<String, String> aliases = new HashMap<>(BUILT_IN_ALIASES);
    Map<String, Set<String>> parameters = new HashMap<>();
    for (CommandPlugin plugin : StandardPlugins.withServices(Set.of())) {
      CommandDeclaration declaration = plugin.declaration();
      actions.addAll(plugin.permissions());
      declaration.aliases().forEach(alias -> aliases.put(alias, declaration.name()));
      Set<String> names =
          declaration.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
      plugin.permissions().forEach(permission -> parameters.put(permission, names));
    }
    return new Vocabulary(actions, aliases, parameters, Set.of(), Set.of()).with(MODULES);
  }

  /** The same with what this configuration defines. */
  static Vocabulary of(BotConfig config) {
    Vocabulary known = ofCommands().with(config.environments().keySet(), config.apps().keySet());
    return config.plugins().isUsed() ? known.with(List.of(new Glob("*"))) : known;
  }

  /**
   * Compares it with the commands that there are.
   *
   * @throws IllegalStateException if a policy could not name one of them, or could name an alias
   */
  static void compare(CommandRegistry registry) {
    Vocabulary known = ofCommands();
    for (Command command : registry.commands()) {
      CommandDeclaration declaration = command.declaration();
      boolean complete =
          known.actions().contains(declaration.name())
              && declaration.aliases().stream()
                  .allMatch(alias ->
                      // A word about jobs may be another command too, as stop is.
                      known.actions().contains(alias)
                          || declaration.name().equals(known.aliases().get(alias)));
      if (!complete && !(command instanceof Command.Planned)) {
        throw new IllegalStateException(
            "the policy's vocabulary misses the command %s or one of its aliases %s"
                .formatted(declaration.name(), declaration.aliases()));
      }
    }
  }
}
