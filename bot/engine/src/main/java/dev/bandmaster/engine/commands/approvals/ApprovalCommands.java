package dev.bandmaster.engine.commands.approvals;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.approvals.VotingService;
import dev.bandmaster.engine.intake.ApprovalClicks;
import dev.bandmaster.engine.intake.ReasonButton;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.view.ApprovalButtons.Action;
import dev.bandmaster.engine.view.ApprovalText;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Topic;
import java.util.List;
import java.util.Optional;

/** {@code approve}, {@code reject}, {@code withdraw}, {@code start} and {@code pending}. */
public final class ApprovalCommands {

  /** More than a person reads; the list says that there are more. */
  private static final int MOST_LISTED = 100;

  private static final CommandDeclaration PENDING =
      new CommandDeclaration(
              "pending", List.of(), "lists what awaits approval", List.of(), List.of("pending"))
          .about(Topic.JOBS);

  private ApprovalCommands() {}

  /**
   * The commands.
   *
   * @param voting does what they ask for
   */
  public static List<Command> all(Store store, VotingService voting) {
    return List.of(
        about(store, declaration("approve", "approves a job"), new Vote(voting, true)),
        about(
            store,
            new CommandDeclaration(
                    "reject",
                    List.of(),
                    "rejects a job",
                    List.of(number(), Parameter.rest("reason", new Parameter.Type.Text(), "why")),
                    List.of("reject 81 the error rate is up"))
                .about(Topic.JOBS),
            new Vote(voting, false)),
        about(store, declaration("withdraw", "withdraws your vote on a job"), voting::withdraw),
        about(
            store,
            declaration("start", "starts a job that is approved and on hold"),
            voting::start),
        new Command.BuiltIn(
            PENDING,
            (asker, arguments) ->
                ApprovalText.pending(
                    store.approvals().open(MOST_LISTED).stream()
                        .filter(ApprovalCommands::waitsForSomebody)
                        .toList())));
  }

  /** The requester learns that, and not which rule would let others. */
  private record Vote(VotingService voting, boolean yes) implements Command.JobActionHandler {
    @Override
    public Command.Outcome of(Asker asker, Arguments arguments, Job job) {
      return yes ? voting.approve(asker, arguments, job) : voting.reject(asker, arguments, job);
    }

    @Override
    public boolean applies(Job job) {
      return job.state().status() == JobStatus.AWAITING_APPROVAL;
    }

    @Override
    public Optional<String> barred(Asker asker, Job job) {
      return voting.own(asker, job, yes);
    }
  }

  /** The dialogs behind the buttons of a request. */
  public static List<ReasonButton> reasons(Store store) {
    ApprovalClicks clicks = new ApprovalClicks(store.approvals(), store.outbox());
    return List.of(
        new ReasonButton(
            Action.REJECT.id(),
            "Reject",
            "Why do you reject it?",
            value -> clicks.begun(Action.REJECT, value)));
  }

  private static boolean waitsForSomebody(Approval approval) {
    return approval.state().status() == ApprovalStatus.PENDING || approval.isHeld();
  }

  private static Command about(
      Store store, CommandDeclaration declaration, Command.JobActionHandler doing) {
    return new Command.JobCommand(declaration, store.jobs()::byNumber, doing);
  }

  private static CommandDeclaration declaration(String name, String summary) {
    return new CommandDeclaration(
            name, List.of(), summary, List.of(number()), List.of(name + " 81"))
        .about(Topic.JOBS);
  }

  private static Parameter number() {
    return Parameter.positional("job", new Parameter.Type.Job(), "the job's number");
  }
}
