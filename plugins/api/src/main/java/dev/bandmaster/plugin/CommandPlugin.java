package dev.bandmaster.plugin;

import java.util.List;
import java.util.Optional;

/**
 * One command that people can type. Implementations are stateless and are called from many threads
 * at once.
 */
public interface CommandPlugin {

  /** The command's name, its parameters and its help; constant for the life of the plugin. */
  CommandDeclaration declaration();

  /**
   * Turns a parsed command into what exactly is to be done. It must have no side effects: it is
   * called for {@code --dry-run} and for {@code why} too. An exception is reported to the asker as
   * a fault of the bot, so a wish that cannot be met is a {@link Planned.Refused} instead.
   */
  Planned plan(Invocation invocation, PlanningContext context);

  /**
   * The name of the right the caller needs; by default the command's own. A command whose danger
   * depends on its arguments refines it, as {@code adhoc} does with {@code adhoc:uptime}.
   */
  default String permission(Arguments arguments) {
    return declaration().name();
  }

  /** Every name that {@link #permission} may give; rules about others are refused as mistakes. */
  default List<String> permissions() {
    return List.of(declaration().name());
  }

  /**
   * Plans to bring back what was there before a job, for commands that others name in {@link
   * CommandTraits#undoneBy}. Title and differences are filled in by the bot.
   *
   * @param before the application, where it is, and the version that ran before
   * @param nodes the nodes that the job has changed; never empty
   * @return empty if this command undoes nothing
   */
  default Optional<Planned.Work> undo(Planned.Subject before, List<String> nodes) {
    return Optional.empty();
  }

  /** How the nodes' answers are put into words. */
  default Presenter presenter() {
    return Presenter.PLAIN;
  }
}
