package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Something that can be asked for by name. */
public sealed interface Command {

  CommandDeclaration declaration();

  /** What the rules are asked before it is run with these arguments. */
  Right right(Arguments arguments);

  /**
   * The rights of which any lets help and suggestions speak of it; what it needs in the end is
   * {@link #right}.
   */
  default Set<String> permissions() {
    return Set.of(declaration().name());
  }

  /**
   * What the command means in a thread about something, where it does not say about what: its words
   * with that in them. Empty if it is not about such things, or says itself what it is about.
   *
   * @param subject what the thread is about
   * @param next the word behind the command's own, if there is one
   */
  default Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
    return Optional.empty();
  }

  /**
   * A sentence about what the arguments name and what is not there. The rules decide by where it
   * is, so of what is not there they have no word.
   */
  default Optional<String> missing(Arguments arguments) {
    return Optional.empty();
  }

  /**
   * What tells the asker more than the rules' own words, where the rules say no; a sentence that
   * holds whatever the rules say.
   */
  default Optional<String> barred(Asker asker, Arguments arguments) {
    return Optional.empty();
  }

  private static Right right(String permission, Arguments arguments) {
    return new Right(
        permission, arguments.find("env").orElse(""), arguments.find("app").orElse(""));
  }

  /** A command that a plugin plans. */
  record Planned(CommandPlugin plugin) implements Command {
    @Override
    public CommandDeclaration declaration() {
      return plugin.declaration();
    }

    @Override
    public Right right(Arguments arguments) {
      return Command.right(plugin.permission(arguments), arguments);
    }
  }

  /** A command about the bot itself, answered on the spot. */
  record BuiltIn(CommandDeclaration declaration, Answer answer) implements Command {
    @Override
    public Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
      return answer.inThread(subject, next);
    }

    @Override
    public Right right(Arguments arguments) {
      return Command.right(declaration.name(), arguments);
    }
  }

  /** A command that changes what the bot keeps; the change is committed with the answer. */
  record ActionCommand(CommandDeclaration declaration, ActionHandler doing) implements Command {
    @Override
    public Right right(Arguments arguments) {
      return doing.right(declaration.name(), arguments);
    }

    @Override
    public Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
      return doing.inThread(subject, next).map(number -> declaration.name() + " " + number);
    }

    @Override
    public Optional<String> missing(Arguments arguments) {
      return doing.missing(arguments);
    }
  }

  /**
   * A command about a job, whose number is the parameter {@code job}. It needs its own right where
   * the job is at work.
   *
   * @param jobs finds a job by its number
   * @param others what it does with a number that is no job's
   */
  record JobCommand(
      CommandDeclaration declaration,
      Function<Long, Optional<Job>> jobs,
      JobActionHandler doing,
      Optional<ActionHandler> others)
      implements Command {

    /** One that is about jobs alone. */
    public JobCommand(
        CommandDeclaration declaration,
        Function<Long, Optional<Job>> jobs,
        JobActionHandler doing) {
      this(declaration, jobs, doing, Optional.empty());
    }

    @Override
    public Right right(Arguments arguments) {
      Optional<Right> ofJob = job(arguments).map(job -> doing.right(declaration.name(), job));
      return ofJob
          .or(() -> other(arguments).map(other -> other.right(declaration.name(), arguments)))
          .orElseGet(() ->
              new Right(permissions().stream().findFirst().orElse(declaration.name()), "", ""));
    }

    /** Who knows the number that is no job's. */
    Optional<ActionHandler> other(Arguments arguments) {
      return others.filter(other -> other.missing(arguments).isEmpty());
    }

    @Override
    public Set<String> permissions() {
      return doing.permissions(declaration.name());
    }

    /** The job for which the command is most likely meant in a thread with these. */
    @Override
    public Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
      return next.flatMap(Numbers::of).isEmpty() && subject instanceof ThreadSubject.OfJob(Job job)
          ? Optional.of(declaration.name() + " " + job.number())
          : Optional.empty();
    }

    @Override
    public Optional<String> missing(Arguments arguments) {
      return job(arguments).isPresent() || other(arguments).isPresent()
          ? Optional.empty()
          : Optional.of(
              "There is no job %s. To list jobs: `jobs`.".formatted(arguments.word("job")));
    }

    @Override
    public Optional<String> barred(Asker asker, Arguments arguments) {
      return job(arguments).flatMap(job -> doing.barred(asker, job));
    }

    /** The job that is meant; none if the word is no number, as it may be in a {@code why}. */
    Optional<Job> job(Arguments arguments) {
      return Numbers.named(arguments, "job").flatMap(jobs);
    }
  }

  /** Answers a built-in command. */
  @FunctionalInterface
  interface Answer {
    Message to(Asker asker, Arguments arguments);

    /** See {@link Command#inThread}. */
    default Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
      return Optional.empty();
    }
  }

  /** Decides what to change; it changes nothing itself. */
  @FunctionalInterface
  interface ActionHandler {
    Outcome of(Asker asker, Arguments arguments);

    /**
     * The argument that the thread stands for; empty if it is about something else, or the next
     * word says what it is about. See {@link Command#inThread}.
     */
    default Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
      return Optional.empty();
    }

    /** What it needs; by default the command's own right, where {@code env} and {@code app} say. */
    default Right right(String permission, Arguments arguments) {
      return Command.right(permission, arguments);
    }

    /** See {@link Command#missing}. */
    default Optional<String> missing(Arguments arguments) {
      return Optional.empty();
    }
  }

  /** Decides what becomes of a job; it changes nothing itself. */
  @FunctionalInterface
  interface JobActionHandler {
    Outcome of(Asker asker, Arguments arguments, Job job);

    /** Whether it can do something with a job as it is now; by default with what has not ended. */
    default boolean applies(Job job) {
      return !job.state().status().isFinal();
    }

    /** The rights of which any has it listed in help; by default the command's own. */
    default Set<String> permissions(String name) {
      return Set.of(name);
    }

    /** See {@link Command#barred}. */
    default Optional<String> barred(Asker asker, Job job) {
      return Optional.empty();
    }

    /** By default the command's own right, where the job is at work. */
    default Right right(String permission, Job job) {
      return job.right().to(permission);
    }
  }

  /** What a command comes to. */
  sealed interface Outcome {
    /** It is done, by these changes. */
    record Done(Message message, List<Change> changes) implements Outcome {
      public Done {
        changes = List.copyOf(changes);
      }
    }

    /**
     * It cannot be done.
     *
     * @param reason a sentence
     * @param options whole commands that may be wanted instead, each offered as a button
     */
    record Refused(String reason, List<String> options) implements Outcome {
      public Refused {
        options = List.copyOf(options);
      }

      /** One with nothing to offer. */
      public Refused(String reason) {
        this(reason, List.of());
      }
    }

    /**
     * A request is about what is not so any more: it is to be asked again.
     *
     * @param without what it comes to if that cannot be
     */
    record Outdated(Resubmission renewal, Done without) implements Outcome {}

    /**
     * It is work for nodes.
     *
     * @param like the job whose words it is shown in
     * @param right what it needs on the nodes
     * @param ends the paused job whose place it takes; that ends when this one is let go
     * @param order what is done instead where nobody has to approve it
     */
    record Work(
        dev.bandmaster.plugin.Planned.Work work,
        Job like,
        Right right,
        Optional<Job> ends,
        Optional<Done> order)
        implements Outcome {

      /** A job of its own, beside all others. */
      public Work(dev.bandmaster.plugin.Planned.Work work, Job like, Right right) {
        this(work, like, right, Optional.empty(), Optional.empty());
      }
    }

    static Done done(String sentence, Change... changes) {
      return new Done(Message.sentence(sentence), List.of(changes));
    }
  }
}
