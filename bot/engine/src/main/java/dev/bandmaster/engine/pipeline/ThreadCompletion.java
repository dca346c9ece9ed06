package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.engine.pipeline.Command.JobCommand;
import java.util.List;
import java.util.Optional;

/**
 * A command about a job or an alert needs no number in the thread of that job or alert: {@code
 * cancel} there is {@code cancel 81}. What is typed behind the command stays as it is.
 *
 * <p>A thread can hold several jobs, for instance one and its retry. Meant is the newest for which
 * the command can do something; where several are still going on, the person is asked.
 */
final class ThreadCompletion {

  private final CommandRegistry registry;
  private final ThreadSubjects threads;

  ThreadCompletion(CommandRegistry registry, ThreadSubjects threads) {
    this.registry = registry;
    this.threads = threads;
  }

  /** What a line means where it was typed. */
  sealed interface Completed {
    /** The line, with the number that the thread stands for if it was left out. */
    record Line(TypedLine typed) implements Completed {}

    /** One of several jobs. */
    record Which(Command command, String reason, List<String> options) implements Completed {
      public Which {
        options = List.copyOf(options);
      }
    }
  }

  /** The line as it is meant in the asker's thread. */
  Completed complete(Asker asker, TypedLine typed) {
    if (typed.words().isEmpty() || asker.place().thread().isEmpty()) {
      return new Completed.Line(typed);
    }
    Optional<String> next =
        typed.words().size() == 1 ? Optional.empty() : Optional.of(typed.words().get(1).text());
    List<Command> candidates = registry.inThreads(typed.words().getFirst().text(), next.isEmpty());
    if (candidates.stream().allMatch(Command.Planned.class::isInstance)
        || (candidates.stream().allMatch(JobCommand.class::isInstance)
            && next.flatMap(Numbers::of).isPresent())) {
      return new Completed.Line(typed);
    }
    List<ThreadSubject> subjects = threads.of(asker);
    for (Command command : candidates) {
      if (command instanceof JobCommand about && next.flatMap(Numbers::of).isEmpty()) {
        List<Job> jobs = ThreadSubjects.jobs(subjects);
        if (!jobs.isEmpty()) {
          return ofJobs(about, jobs, typed, next);
        }
      }
      Optional<String> words =
          subjects.stream()
              .map(subject -> command.inThread(subject, next))
              .flatMap(Optional::stream)
              .findFirst();
      if (words.isPresent()) {
        return new Completed.Line(beginning(words.get(), typed));
      }
    }
    return new Completed.Line(typed);
  }

  private static Completed ofJobs(
      JobCommand command, List<Job> jobs, TypedLine typed, Optional<String> next) {
    List<Job> fitting = jobs.stream().filter(command.doing()::applies).toList();
    List<Job> unfinished = fitting.stream().filter(job -> !job.state().status().isFinal()).toList();
    if (unfinished.size() > 1) {
      return new Completed.Which(
          command,
          "Which job? This thread has %d that have not ended.".formatted(unfinished.size()),
          unfinished.stream()
              .map(job -> beginning(words(command, job, next), typed).line())
              .toList());
    }
    Job meant =
        unfinished.stream()
            .findFirst()
            .or(() -> fitting.stream().findFirst())
            .orElseGet(jobs::getFirst);
    return new Completed.Line(beginning(words(command, meant, next), typed));
  }

  private static String words(JobCommand command, Job job, Optional<String> next) {
    return command.inThread(new ThreadSubject.OfJob(job), next).orElseThrow();
  }

  /** The line with these words in the place of its first one. */
  private static TypedLine beginning(String words, TypedLine typed) {
    return TypedLine.of(typed.words().size() == 1 ? words : words + " " + typed.tail(1));
  }
}
