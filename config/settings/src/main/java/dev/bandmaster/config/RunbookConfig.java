package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A procedure of several commands, as a file says it. What can be wrong about it as a whole, such
 * as a name that nothing defines, is found where it is made a runbook.
 *
 * @param about one line without a full stop
 * @param arguments by name, in the order in which they can be typed
 * @param steps in their order
 */
public record RunbookConfig(String about, Map<String, Argument> arguments, List<Step> steps) {
  private static final int MOST_APPROVALS = 5;

  public RunbookConfig {
    arguments = Ordered.copy(arguments);
    steps = List.copyOf(steps);
  }

  /**
   * Something to be said when it is run.
   *
   * @param fallback its value where nothing is said
   * @param choices empty for any word
   */
  public record Argument(String about, Optional<String> fallback, List<String> choices) {
    public Argument {
      choices = List.copyOf(choices);
    }

    static Argument read(Section section) {
      return new Argument(
          section.text("about", "What it means, without a full stop.").required(),
          section
              .text("default", "Its value when nothing is given; without this key it is required.")
              .optional(),
          section
              .list("choices", Kinds.text(), "The only values it can have.")
              .orDefault(List.of()));
    }
  }

  /** What happens when a step fails. */
  public enum OnFailure {
    STOP,
    CONTINUE,
    ASK
  }

  /**
   * A step: exactly one of a command, a question, a request for approval and a pause.
   *
   * @param choices of the question
   * @param saves the name of the answer
   * @param needed how many people have to approve
   * @param groups of the people who may approve
   */
  public record Step(
      String name,
      Optional<String> command,
      Optional<String> question,
      List<String> choices,
      Optional<String> saves,
      Optional<String> approval,
      int needed,
      List<String> groups,
      Optional<Duration> pause,
      OnFailure onFailure) {
    public Step {
      choices = List.copyOf(choices);
      groups = List.copyOf(groups);
    }

    static Step read(Section section) {
      section.exactlyOneOf("command", "ask", "approve", "wait");
      Step step =
          new Step(
              section.text("name", "The step's name, unique in the runbook.").required(),
              section
                  .text(
                      "command",
                      "A command as the person who runs the runbook would type it; it runs with "
                          + "that person's rights. `{name}` is the value of an argument or an answer.")
                  .optional(),
              section.text("ask", "A question, with a button for each choice.").optional(),
              section
                  .list("choices", Kinds.text(), "The answers to `ask`; `yes` if not set.")
                  .orDefault(List.of()),
              section
                  .text("save_as", "The name under which later steps can use the answer.")
                  .optional(),
              section
                  .text(
                      "approve",
                      "What other people have to approve; the person who runs the runbook does not "
                          + "count.")
                  .optional(),
              section
                  .integer("approvals", 1, MOST_APPROVALS, "Number of people who have to approve.")
                  .orDefault(1),
              section
                  .list(
                      "groups",
                      Kinds.text(),
                      "Ids of the user groups whose members may approve; without this key anybody "
                          + "who may use `answer`.")
                  .orDefault(List.of()),
              section
                  .duration(
                      "wait", Duration.ofSeconds(1), Duration.ofDays(1), "Waits for this long.")
                  .optional(),
              section
                  .field(
                      "on_failure",
                      Kinds.choice(OnFailure.class),
                      "Whether the runbook stops, continues with the next step, or asks.")
                  .orDefault(OnFailure.STOP));
      if (step.question().isEmpty() && (section.has("choices") || section.has("save_as"))) {
        section.refuse("has 'choices' or 'save_as' without 'ask'");
      }
      if (step.approval().isEmpty() && (section.has("approvals") || section.has("groups"))) {
        section.refuse("has 'approvals' or 'groups' without 'approve'");
      }
      return step;
    }
  }

  /** Reads a runbook, in the configuration or in a file of its own. */
  public static RunbookConfig read(Section section) {
    return new RunbookConfig(
        section.text("about", "What the runbook does, without a full stop.").required(),
        section
            .map(
                "arguments",
                Kinds.section(Argument::read),
                "What has to be said when it is run, by name.")
            .orDefault(Map.of()),
        section.list("steps", Kinds.section(Step::read), "Its steps, in their order.").required());
  }
}
