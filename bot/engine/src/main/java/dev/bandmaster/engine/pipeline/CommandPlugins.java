package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.JobAction;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Presenter;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plugins, and what their commands have declared of themselves. A job keeps its command's name;
 * everything that depends on which command it was is looked up here. Immutable.
 */
public final class CommandPlugins {

  /** A plugin with its declaration as it was at the start. */
  private record Known(CommandPlugin plugin, CommandDeclaration declaration) {
    CommandTraits traits() {
      return declaration.traits();
    }
  }

  private final Map<String, Known> byName;

  /**
   * Collects plugins.
   *
   * @throws IllegalArgumentException if a command is undone by a command that does not exist
   */
  public CommandPlugins(Collection<CommandPlugin> plugins) {
    Map<String, Known> known = new LinkedHashMap<>();
    for (CommandPlugin plugin : plugins) {
      CommandDeclaration declaration = plugin.declaration();
      known.put(declaration.name(), new Known(plugin, declaration));
    }
    byName = Collections.unmodifiableMap(known);
    for (Known each : known.values()) {
      each.traits()
          .undoneBy()
          .filter(undo -> !known.containsKey(undo))
          .ifPresent(undo -> {
            throw new IllegalArgumentException(
                "%s is undone by '%s', and there is no such command"
                    .formatted(each.declaration().name(), undo));
          });
    }
  }

  /** How the answers to this command are put into words. */
  public Presenter presenter(String command) {
    return Optional.ofNullable(byName.get(command))
        .map(known -> known.plugin().presenter())
        .orElse(Presenter.PLAIN);
  }

  /**
   * What is offered under a job, with the texts of the buttons. Of a command that does not exist
   * any more the work is still known, and can be retried.
   */
  public Map<JobAction, String> buttons(Job job) {
    Known known = byName.get(job.command());
    if (known == null) {
      Map<JobAction, String> standard = CommandTraits.STANDARD.buttons();
      return Map.of(JobAction.RETRY_FAILED, standard.getOrDefault(JobAction.RETRY_FAILED, ""));
    }
    Map<JobAction, String> offered = new EnumMap<>(JobAction.class);
    offered.putAll(known.traits().buttons());
    if (undoOf(job).isEmpty()) {
      offered.remove(JobAction.UNDO);
    }
    if (job.work().reach() instanceof Planned.Reach.ChosenByBackend) {
      // Single hosts cannot be worked on, and what ran on them before is not known.
      offered.remove(JobAction.UNDO);
      offered.remove(JobAction.RETRY_FAILED);
    }
    return offered;
  }

  /**
   * The command that undoes a job: present for work on an application whose command declares it,
   * but not for what is an undo itself.
   */
  public Optional<Undo> undoOf(Job job) {
    return Optional.ofNullable(byName.get(job.command()))
        .flatMap(known -> known.traits().undoneBy())
        .filter(undo -> job.work().subject().isPresent())
        .filter(undo -> !job.right().permission().equals(undo))
        .map(byName::get)
        .map(known -> new Undo(known.declaration().name(), known.plugin()));
  }

  /** The permissions of which each lets somebody undo some jobs. */
  public Set<String> undoPermissions() {
    Set<String> permissions = new LinkedHashSet<>();
    byName.values().forEach(known -> known.traits().undoneBy().ifPresent(permissions::add));
    return Collections.unmodifiableSet(permissions);
  }

  /** A command that undoes others. */
  public record Undo(String command, CommandPlugin plugin) {

    /** The work that brings this version back. */
    public Optional<Planned.Work> plan(Planned.Subject before, List<String> nodes) {
      return plugin.undo(before, nodes);
    }
  }
}
