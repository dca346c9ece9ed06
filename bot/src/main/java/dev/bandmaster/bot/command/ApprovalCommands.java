package dev.bandmaster.bot.command;

import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.ApprovalStatus;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.work.ApprovalButtons.Action;
import dev.bandmaster.bot.work.ApprovalWords;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code approve}, {@code reject}, {@code withdraw}, {@code start} and {@code pending}. */
public final class ApprovalCommands {

  /** More than a person reads; the list says that there are more. */
  private static final int MOST_LISTED = 100;

  private static final CommandDeclaration PENDING =
      new CommandDeclaration(
          "pending", List.of(), "lists what waits for approval", List.of(), List.of("pending"));

  private ApprovalCommands() {}

  /**
   * The commands.
   *
   * @param parts is asked for when one of them is used
   */
  public static List<Command> all(Store store, Supplier<ApprovalParts> parts) {
    Supplier<Voting> voting = () -> parts.get().voting();
    return List.of(
        about(
            store,
            declaration("approve", "agrees to a job that waits for approval"),
            new Vote(voting, true)),
        about(
            store,
            new CommandDeclaration(
                "reject",
                List.of(),
                "says no to a job that waits for approval",
                List.of(number(), Parameter.rest("reason", new Parameter.Type.Word(), "and why")),
                List.of("reject 81 the error rate is up")),
            new Vote(voting, false)),
        about(
            store,
            declaration("withdraw", "takes your vote on a job back"),
            (asker, arguments, job) -> voting.get().withdraw(asker, arguments, job)),
        about(
            store,
            declaration("start", "begins a job that is approved and held"),
            (asker, arguments, job) -> voting.get().start(asker, arguments, job)),
        new Command.BuiltIn(
            PENDING,
            (asker, arguments) ->
                ApprovalWords.pending(
                    store.approvals().open(MOST_LISTED).stream()
                        .filter(ApprovalCommands::waitsForSomebody)
                        .toList())));
  }

  /** Whoever asked is told that, and not which rule would let others. */
  private record Vote(Supplier<Voting> voting, boolean yes) implements Command.JobDoing {
    @Override
    public Command.Outcome of(Asker asker, Arguments arguments, Job job) {
      return yes
          ? voting.get().approve(asker, arguments, job)
          : voting.get().reject(asker, arguments, job);
    }

    @Override
    public Optional<String> barred(Asker asker, Job job) {
      return voting.get().own(asker, job, yes);
    }
  }

  /** The dialogs behind the buttons of a request. */
  public static List<ReasonButton> reasons(Store store) {
    ApprovalClicks clicks = new ApprovalClicks(store.approvals(), store.outbox());
    return List.of(
        new ReasonButton(
            Action.REJECT.id(), "Reject", "Why not?", value -> clicks.begun(Action.REJECT, value)));
  }

  private static boolean waitsForSomebody(Approval approval) {
    return approval.state().status() == ApprovalStatus.PENDING || approval.isHeld();
  }

  private static Command about(
      Store store, CommandDeclaration declaration, Command.JobDoing doing) {
    return new Command.AboutJob(declaration, store.jobs()::byNumber, doing);
  }

  private static CommandDeclaration declaration(String name, String summary) {
    return new CommandDeclaration(
        name, List.of(), summary, List.of(number()), List.of(name + " 81"));
  }

  private static Parameter number() {
    return Parameter.positional("job", new Parameter.Type.Job(), "the job's number");
  }
}
