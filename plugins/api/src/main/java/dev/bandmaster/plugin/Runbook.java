package dev.bandmaster.plugin;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A procedure of several commands that is run by its name: {@code run nightly env=staging}. Its
 * steps are carried out one after the other with the rights of the person who runs it.
 *
 * <p>{@code {name}} in a command or a text stands for the value of an argument, or for the answer
 * to a question that saves it under this name.
 *
 * @param name letters, digits, {@code -}, {@code _} and {@code .}, at most 64 characters
 * @param summary one line without a full stop
 * @param arguments what the person who runs it has to say
 * @param steps 1 to 50, each with a name of its own
 */
public record Runbook(String name, String summary, List<Argument> arguments, List<Step> steps) {

  /** Most steps of a runbook; more than that nobody follows in one message. */
  public static final int MOST_STEPS = 50;

  private static final int MOST_ARGUMENTS = 20;
  private static final int LONGEST_TEXT = 500;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]{0,31})}");

  /** A value is one word that cannot be taken for an option, a quote or another argument. */
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9._:/@+*,~-]{0,199}");

  /**
   * @throws IllegalArgumentException if it cannot be run as it is; the message is a sentence
   */
  public Runbook {
    arguments = List.copyOf(arguments);
    steps = List.copyOf(steps);
    check(
        NAME.matcher(name).matches(),
        "'%s' is no name of a runbook: use letters, digits, '-', '_' and '.'".formatted(name));
    check(
        !summary.isBlank() && summary.length() <= LONGEST_TEXT,
        "runbook '%s' needs a summary of at most %d characters".formatted(name, LONGEST_TEXT));
    check(
        arguments.size() <= MOST_ARGUMENTS,
        "runbook '%s' has more than %d arguments".formatted(name, MOST_ARGUMENTS));
    check(
        !steps.isEmpty() && steps.size() <= MOST_STEPS,
        "runbook '%s' needs 1 to %d steps".formatted(name, MOST_STEPS));
    Set<String> known = new HashSet<>();
    for (Argument argument : arguments) {
      check(
          known.add(argument.name()),
          "runbook '%s' has two arguments '%s'".formatted(name, argument.name()));
    }
    Set<String> titles = new HashSet<>();
    for (Step step : steps) {
      check(
          titles.add(step.name()),
          "runbook '%s' has two steps named '%s'".formatted(name, step.name()));
      for (String used : placeholders(step.work().text())) {
        check(
            known.contains(used),
            ("step '%s' of runbook '%s' uses {%s}, which is no argument and no answer to an earlier"
                    + " question")
                .formatted(step.name(), name, used));
      }
      if (step.work() instanceof Work.Question question) {
        question.saves().ifPresent(known::add);
      }
    }
  }

  /**
   * Something to be said when the runbook is run, as {@code name=value}.
   *
   * @param name lower case letters, digits and {@code _}
   * @param help one line without a full stop
   * @param fallback its value where nothing is said; without one something has to be said
   * @param choices the only values it can have; empty for any word
   */
  public record Argument(
      String name, String help, Optional<String> fallback, List<String> choices) {
    public Argument {
      choices = List.copyOf(choices);
      check(KEY.matcher(name).matches(), "'%s' is no name of an argument".formatted(name));
      for (String choice : choices) {
        check(
            isValue(choice),
            "'%s' cannot be a value: it has to be one plain word".formatted(choice));
      }
      if (fallback.isPresent()) {
        String value = fallback.get();
        check(
            isValue(value), "'%s' cannot be a value: it has to be one plain word".formatted(value));
        check(
            choices.isEmpty() || choices.contains(value),
            "'%s' is not among the choices of '%s'".formatted(value, name));
      }
    }
  }

  /**
   * A step.
   *
   * @param name what people call it by, at most 80 characters
   * @param onFailure what happens when it fails
   */
  public record Step(String name, Work work, OnFailure onFailure) {
    public Step {
      check(
          !name.isBlank() && name.length() <= 80 && name.strip().equals(name),
          "a step needs a name of at most 80 characters");
      check(
          !(work instanceof Work.Approval) || onFailure == OnFailure.STOP,
          "step '%s' asks for approval; a rejected runbook always stops".formatted(name));
    }
  }

  /** What happens when a step fails. */
  public enum OnFailure {
    /** The runbook ends there. */
    STOP,
    /** The next step follows; the runbook as a whole has failed. */
    CONTINUE,
    /** A person says with a button whether to try again, to skip the step or to stop. */
    ASK
  }

  /** What a step does. */
  public sealed interface Work {

    /** The text in which {@code {name}} is replaced. */
    String text();

    /** A command, as the person who runs the runbook would type it. */
    record Command(String text) implements Work {
      public Command {
        check(
            !text.isBlank() && text.length() <= 1_000 && text.lines().count() == 1,
            "a step's command is one line of at most 1,000 characters");
        check(
            !text.strip().matches("(?i)(run|answer)(\\s.*)?"),
            "a runbook cannot run another one or answer a question: '%s'".formatted(text));
      }
    }

    /**
     * A question with a button for each choice.
     *
     * @param choices 1 to 10 words
     * @param saves the name under which the answer can be used by later steps
     */
    record Question(String text, List<String> choices, Optional<String> saves) implements Work {
      public Question {
        choices = List.copyOf(choices);
        check(isText(text), "a question has 1 to %d characters".formatted(LONGEST_TEXT));
        check(
            !choices.isEmpty()
                && choices.size() <= 10
                && Set.copyOf(choices).size() == choices.size(),
            "the question '%s' needs 1 to 10 different choices".formatted(text));
        for (String choice : choices) {
          check(
              isValue(choice) && choice.length() <= 60 && !choice.equalsIgnoreCase("stop"),
              ("'%s' cannot be a choice: it has to be one plain word of at most 60 characters that"
                      + " is not 'stop'")
                  .formatted(choice));
        }
        if (saves.isPresent()) {
          check(
              KEY.matcher(saves.get()).matches(),
              "'%s' is no name for an answer".formatted(saves.get()));
        }
      }
    }

    /**
     * Other people have to agree.
     *
     * @param needed how many, 1 to 5; the person who runs the runbook is not among them
     * @param groups ids of the user groups they have to belong to; empty for anybody who may answer
     */
    record Approval(String text, int needed, List<String> groups) implements Work {
      public Approval {
        groups = List.copyOf(groups);
        check(
            isText(text), "a request for approval has 1 to %d characters".formatted(LONGEST_TEXT));
        check(needed >= 1 && needed <= 5, "1 to 5 people can be asked to approve");
      }
    }

    /** Nothing happens for a while: one second to one day. */
    record Pause(Duration time) implements Work {
      public Pause {
        check(
            time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(Duration.ofDays(1)) <= 0,
            "a step can wait for 1 second to 1 day");
      }

      @Override
      public String text() {
        return "";
      }
    }
  }

  /** Whether a word can be the value of an argument. */
  public static boolean isValue(String word) {
    return VALUE.matcher(word).matches();
  }

  /** The names that a text uses. */
  public static Set<String> placeholders(String text) {
    Set<String> names = new HashSet<>();
    for (Matcher place = PLACE.matcher(text); place.find(); ) {
      names.add(place.group(1));
    }
    return names;
  }

  private static boolean isText(String text) {
    return !text.isBlank() && text.length() <= LONGEST_TEXT;
  }

  private static void check(boolean fits, String sentence) {
    if (!fits) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
