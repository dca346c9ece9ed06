package dev.bandmaster.engine.commands;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Explanation;
import dev.bandmaster.acl.Request;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.engine.pipeline.AccessRequests;
import dev.bandmaster.engine.pipeline.ArgumentReader;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandReader;
import dev.bandmaster.engine.pipeline.Numbers;
import dev.bandmaster.engine.pipeline.ThreadSubject;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code why <command>}: what the rules say to a command of the asker's, without running it, and
 * where in the policy; of a job also how it is and why.
 */
final class Why implements Command.Answer {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "why",
          List.of(),
          "says whether you may run a command and by which rule, or why a job is as it is",
          List.of(
              Parameter.rest(
                  "command", new Parameter.Type.Text(), "the full command, or a job's number")),
          List.of("why codeupdate prod web", "why 81"));

  private final CommandReader reader;
  private final Function<Request, Explanation> policy;
  private final Function<Long, Optional<Job>> jobs;
  private final InstantSource clock;

  /**
   * @param jobs finds a job by its number
   */
  Why(
      CommandReader reader,
      Function<Request, Explanation> policy,
      Function<Long, Optional<Job>> jobs,
      InstantSource clock) {
    this.reader = reader;
    this.policy = policy;
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
    if (next.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (subject) {
          case ThreadSubject.OfJob(Job job) -> DECLARATION.name() + " " + job.number();
          case ThreadSubject.OfAlert(var alert) -> "alert " + alert.number();
        });
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    Optional<String> line = arguments.find("command");
    return line.isEmpty()
        ? Message.sentence(
            "Which command or job? For example: `why codeupdate prod web` or `why 81`.")
        : line.flatMap(Numbers::of)
            .map(number -> aboutJob(asker, number))
            .orElseGet(() -> new Message(aboutCommand(asker, line.get())));
  }

  private Message aboutJob(Asker asker, long number) {
    Optional<Job> job = jobs.apply(number).filter(_ -> mayShow(asker, number));
    if (job.isEmpty()) {
      return Message.sentence(
          "There is no job %d that you may see. To list jobs: `jobs`.".formatted(number));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Message.Paragraph(state(job.get())));
    blocks.addAll(aboutCommand(asker, job.get().canonical()));
    return new Message(blocks);
  }

  /** Whether the asker may look at a job, as they could with {@code job}. */
  private boolean mayShow(Asker asker, long number) {
    return reader.check(asker, "job " + number)
            instanceof CommandReader.Good(var _, Command command, Arguments given, var _)
        && explanation(asker, command, given).decision() instanceof Decision.Allowed;
  }

  /** How a job is, and what was noted of the reason; of a failure what a node said. */
  private static Text state(Job job) {
    Text text = Text.EMPTY.bold("job " + job.number()).and("  " + JobText.of(job.state().status()));
    String note = job.state().note();
    if (!note.isEmpty()) {
      return text.and(": ").and(Text.sentence(note));
    }
    return job.state().failed().stream()
        .map(job.state().nodes()::get)
        .filter(work -> work != null && !work.message().isBlank())
        .findFirst()
        .map(work -> text.and(": ").code(work.node()).and(" said: " + work.message()))
        .orElse(text);
  }

  private List<Block> aboutCommand(Asker asker, String line) {
    return switch (reader.check(asker, line)) {
      case CommandReader.Mistaken(String reason) -> Message.sentence(reason).blocks();
      case CommandReader.Good(var _, Command command, Arguments given, var _) ->
          explain(asker, command, given);
    };
  }

  private Explanation explanation(Asker asker, Command command, Arguments given) {
    return policy.apply(AccessRequests.about(asker, command, given, clock.instant()));
  }

  private List<Block> explain(Asker asker, Command command, Arguments given) {
    Explanation explanation = explanation(asker, command, given);
    String canonical = ArgumentReader.canonical(command.declaration(), given);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY.code(canonical).and("  " + explanation.decision().reason())));
    if (!explanation.decision().rules().isEmpty()) {
      blocks.add(
          new Message.Footnote(
              Text.plain(
                  explanation.decision().rules().stream()
                      .map(rule -> named(rule, explanation))
                      .collect(Collectors.joining(", ", "decided by ", "")))));
    }
    return blocks;
  }

  /** A rule with the place where it stands. */
  private static String named(String rule, Explanation explanation) {
    return explanation.verdicts().stream()
        .map(Explanation.Verdict::rule)
        .filter(written -> written.id().equals(rule))
        .findFirst()
        .map(written -> "%s (%s)".formatted(rule, written.position()))
        .orElse(rule);
  }
}
