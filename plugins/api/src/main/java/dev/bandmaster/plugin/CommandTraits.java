package dev.bandmaster.plugin;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a command is, beside how it is typed. The bot decides by this and never by a command's name:
 * its deadline, the buttons under its jobs, its form, its place in {@code help} and on the home
 * tab.
 *
 * @param topic where {@code help} lists it; empty to be listed with others of its kind
 * @param risk whether it changes anything on nodes
 * @param change what it does to an application
 * @param deadline how long nodes have before they are named as silent; empty for what the
 *     configuration says. The configuration may also override it
 * @param buttons what is offered under its jobs, with the text of each button
 * @param undoneBy the name of the command that brings back what was there before; that command's
 *     permission is needed, and its plugin plans the work. Present exactly where {@link
 *     JobAction#UNDO} is offered
 * @param form whether it can be filled in as a form
 * @param homeButton the text of the button on the home tab that opens its form
 * @param showsFleet whether people who may use it see the fleet on their home tab
 */
public record CommandTraits(
    Optional<Topic> topic,
    Risk risk,
    ApplicationChange change,
    Optional<Duration> deadline,
    Map<JobAction, String> buttons,
    Optional<String> undoneBy,
    boolean form,
    Optional<String> homeButton,
    boolean showsFleet) {

  /** Characters of a button's text that Slack shows. */
  private static final int LONGEST_BUTTON = 75;

  private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

  /** Changes nothing on nodes, and has no deadline, no form and no place of its own. */
  public static final CommandTraits STANDARD =
      new CommandTraits(
          Optional.empty(),
          Risk.READ_ONLY,
          ApplicationChange.NONE,
          Optional.empty(),
          Map.of(JobAction.RUN_AGAIN, "Run again", JobAction.RETRY_FAILED, "Retry failed"),
          Optional.empty(),
          false,
          Optional.empty(),
          false);

  public CommandTraits {
    EnumMap<JobAction, String> ordered = new EnumMap<>(JobAction.class);
    ordered.putAll(buttons);
    buttons = Collections.unmodifiableMap(ordered);
    buttons.values().forEach(CommandTraits::checkButton);
    homeButton.ifPresent(CommandTraits::checkButton);
    if (buttons.containsKey(JobAction.UNDO) != undoneBy.isPresent()) {
      throw new IllegalArgumentException("an undo button needs a command that undoes, and no less");
    }
    if (homeButton.isPresent() && !form) {
      throw new IllegalArgumentException("a button on the home tab opens a form, so declare one");
    }
    if (change != ApplicationChange.NONE && risk == Risk.READ_ONLY) {
      throw new IllegalArgumentException("a command that changes an application is not read-only");
    }
    deadline.ifPresent(time -> {
      if (!time.isPositive() || time.compareTo(LONGEST_DEADLINE) > 0) {
        throw new IllegalArgumentException("a deadline is at most a day, and not " + time);
      }
    });
  }

  private static void checkButton(String text) {
    if (text.isBlank() || text.length() > LONGEST_BUTTON) {
      throw new IllegalArgumentException(
          "the text of a button has 1 to %d characters: '%s'".formatted(LONGEST_BUTTON, text));
    }
  }

  /** The same, listed under this heading. */
  public CommandTraits about(Topic newTopic) {
    return new CommandTraits(
        Optional.of(newTopic),
        risk,
        change,
        deadline,
        buttons,
        undoneBy,
        form,
        homeButton,
        showsFleet);
  }

  /** The same with this risk. */
  public CommandTraits risking(Risk newRisk) {
    return new CommandTraits(
        topic, newRisk, change, deadline, buttons, undoneBy, form, homeButton, showsFleet);
  }

  /** The same, which does this to an application, and so changes nodes. */
  public CommandTraits changing(ApplicationChange newChange) {
    return new CommandTraits(
        topic, Risk.CHANGES, newChange, deadline, buttons, undoneBy, form, homeButton, showsFleet);
  }

  /** The same with this deadline. */
  public CommandTraits within(Duration newDeadline) {
    return new CommandTraits(
        topic,
        risk,
        change,
        Optional.of(newDeadline),
        buttons,
        undoneBy,
        form,
        homeButton,
        showsFleet);
  }

  /** The same, which another command undoes. */
  public CommandTraits undoneBy(String command, String button) {
    EnumMap<JobAction, String> more = new EnumMap<>(JobAction.class);
    more.putAll(buttons);
    more.put(JobAction.UNDO, button);
    return new CommandTraits(
        topic, risk, change, deadline, more, Optional.of(command), form, homeButton, showsFleet);
  }

  /** The same, whose jobs do not offer this. */
  public CommandTraits withoutButton(JobAction action) {
    EnumMap<JobAction, String> fewer = new EnumMap<>(JobAction.class);
    fewer.putAll(buttons);
    fewer.remove(action);
    return new CommandTraits(
        topic,
        risk,
        change,
        deadline,
        fewer,
        action == JobAction.UNDO ? Optional.empty() : undoneBy,
        form,
        homeButton,
        showsFleet);
  }

  /** The same, which can be filled in as a form. */
  public CommandTraits withForm() {
    return new CommandTraits(
        topic, risk, change, deadline, buttons, undoneBy, true, homeButton, showsFleet);
  }

  /** The same with a form, and a button on the home tab that opens it. */
  public CommandTraits withHomeButton(String text) {
    return new CommandTraits(
        topic, risk, change, deadline, buttons, undoneBy, true, Optional.of(text), showsFleet);
  }

  /** The same; people who may use it see the fleet on their home tab. */
  public CommandTraits showingFleet() {
    return new CommandTraits(
        topic, risk, change, deadline, buttons, undoneBy, form, homeButton, true);
  }
}
