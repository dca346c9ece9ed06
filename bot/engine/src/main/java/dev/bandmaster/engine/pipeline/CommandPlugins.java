package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.JobAction;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Presenter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The plugins, and what their commands have declared of themselves. A job keeps its command's name;
 * everything that depends on which command it was is looked up here. Commands may be replaced while
 * the bot runs. Safe for use by many threads.
 */
public final class CommandPlugins {

  /** A plugin with its declaration as it was at the start. */
  private record Known(CommandPlugin plugin, CommandDeclaration declaration) {
    CommandTraits traits() {
      return declaration.traits();
    }
  }

  private volatile Map<String, Known> byName;
  private volatile Function<Job, Optional<CommandPlugin>> planners = job -> Optional.empty();

  /**
   * Collects plugins.
   *
   * @throws IllegalArgumentException if a command is undone by a command that does not exist
   */
  public CommandPlugins(Collection<CommandPlugin> plugins) {
    byName = known(plugins);
  }

  private static Map<String, Known> known(Collection<CommandPlugin> plugins) {
    Map<String, Known> known = new LinkedHashMap<>();
    for (CommandPlugin plugin : plugins) {
      CommandDeclaration declaration = plugin.declaration();
      known.put(declaration.name(), new Known(plugin, declaration));
    }
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
    return Collections.unmodifiableMap(known);
  }

  /**
   * Replaces plugins by others, in one step.
   *
   * @param gone compared by identity; what is not there is ignored
   * @throws IllegalArgumentException if a command would be undone by a command that does not exist;
   *     then nothing changes
   */
  public synchronized void replace(
      Collection<CommandPlugin> gone, Collection<CommandPlugin> added) {
    Set<CommandPlugin> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
    leaving.addAll(gone);
    List<CommandPlugin> all = new ArrayList<>();
    byName.values().stream()
        .map(Known::plugin)
        .filter(plugin -> !leaving.contains(plugin))
        .forEach(all::add);
    all.addAll(added);
    byName = known(all);
  }

  /**
   * Has jobs presented by the plugin that planned them, where that is not the one that has the
   * command now. To be set once.
   *
   * @param finder finds it; empty where the command's own plugin presents the job
   */
  public void plannedBy(Function<Job, Optional<CommandPlugin>> finder) {
    planners = finder;
  }

  /** How the answers to a job are put into words: by the plugin that planned it. */
  public Presenter presenter(Job job) {
    return planners
        .apply(job)
        .map(CommandPlugin::presenter)
        .orElseGet(() -> presenter(job.command()));
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
