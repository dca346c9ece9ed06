package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Request;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.plugin.Message;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a command, stage by stage. What comes before is receiving (the inbox), what comes
 * after is dispatch, collecting and drawing ({@code dev.bandmaster.engine.jobs}).
 */
public final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Identify identify;
  private final Admit admit;
  private final Parse parse;
  private final Authorise authorise;
  private final SettleVersion settleVersion;
  private final MakePlan plan;
  private final ChooseBackend chooseBackend;
  private final AuthoriseTargets authoriseReach;
  private final ApplyJobAction giveOrder;
  private final RespectLocks respectLocks;
  private final RespectFreezes respectFreezes;
  private final Warn warn;
  private final Confirm confirm;
  private final RequestApproval askApproval;
  private final OpenJob open;

  public Pipeline(
      Identify identify,
      Admit admit,
      Parse parse,
      Authorise authorise,
      SettleVersion settleVersion,
      MakePlan plan,
      AuthoriseTargets authoriseReach,
      ApplyJobAction giveOrder,
      ChooseBackend chooseBackend,
      RespectLocks respectLocks,
      RespectFreezes respectFreezes,
      Warn warn,
      Confirm confirm,
      RequestApproval askApproval,
      OpenJob open) {
    this.identify = identify;
    this.admit = admit;
    this.parse = parse;
    this.authorise = authorise;
    this.settleVersion = settleVersion;
    this.plan = plan;
    this.authoriseReach = authoriseReach;
    this.giveOrder = giveOrder;
    this.chooseBackend = chooseBackend;
    this.respectLocks = respectLocks;
    this.respectFreezes = respectFreezes;
    this.warn = warn;
    this.confirm = confirm;
    this.askApproval = askApproval;
    this.open = open;
  }

  /**
   * How a command ended, and the lines about it in the audit.
   *
   * @param audit one for the command, and one more for what it had asked again
   */
  public record Outcome(CommandResult ending, List<AuditEntry> audit) {
    public Outcome {
      audit = List.copyOf(audit);
    }
  }

  /** Runs a command to its ending. Never throws: a fault of the bot ends the command as a no. */
  public Outcome run(CommandRequest asked) {
    Trail trail = new Trail(asked);
    CommandResult ending = ending(asked, trail);
    AuditEntry entry = trail.entry(ending);
    ending = trail.echoed(ending);
    return ending instanceof CommandResult.Answered answered && answered.renewal().isPresent()
        ? renewed(asked, answered, answered.renewal().get(), entry)
        : new Outcome(ending, List.of(entry));
  }

  /**
   * Whether somebody may have the answer to a question, and the line about it in the audit.
   *
   * @param refusal why not; empty if they may
   * @param canonical the command in its canonical spelling, if they may
   */
  public record Checked(
      Optional<CommandResult.Refused> refusal, Optional<String> canonical, AuditEntry audit) {}

  /**
   * Decides whether somebody may ask something without answering it, for a caller that is given the
   * answer in another form. Never throws: a fault of the bot is a no.
   */
  public Checked check(CommandRequest asked) {
    Trail trail = new Trail(asked);
    CommandResult ending = checked(asked, trail);
    return new Checked(
        ending instanceof CommandResult.Refused refused ? Optional.of(refused) : Optional.empty(),
        ending instanceof CommandResult.Refused
            ? Optional.empty()
            : trail.authorised.map(Authorised::command).map(Trail::canonical),
        trail.entry(ending));
  }

  /** The stages up to the policy's decision on what was typed. */
  private Step<Authorised> decided(CommandRequest asked, Trail trail) {
    return identify
        .apply(asked)
        .then(trail::identified)
        .then(admit)
        .then(parse)
        .then(trail::understood)
        .then(authorise)
        .then(trail::authorised);
  }

  private CommandResult checked(CommandRequest asked, Trail trail) {
    try {
      return switch (decided(asked, trail)) {
        case Step.On<Authorised> _ -> CommandResult.Answered.with(Message.of());
        case Step.End<Authorised>(CommandResult.Refused refused) -> refused;
        case Step.End<Authorised> _ ->
            CommandResult.Refused.mistake("This question cannot be answered here.");
      };
    } catch (RuntimeException e) {
      LOG.error("The question of request {} failed in the bot", asked.id(), e);
      return CommandResult.Refused.denied(
          "Internal error, nothing was done. Tell the bot's operators: error " + asked.id() + ".");
    }
  }

  /** A resubmitted request passes every stage again. */
  private Outcome renewed(
      CommandRequest asked,
      CommandResult.Answered without,
      Resubmission renewal,
      AuditEntry entry) {
    CommandRequest resubmitted = renewal.asked(asked);
    Trail trail = new Trail(resubmitted);
    CommandResult again = ending(resubmitted, trail);
    return new Outcome(renewal.after(without, again), List.of(entry, trail.entry(again)));
  }

  private CommandResult ending(CommandRequest asked, Trail trail) {
    try {
      Step<CommandResult> step =
          decided(asked, trail)
              .then(settleVersion)
              .then(trail::settled)
              .then(plan)
              .then(authoriseReach)
              .then(trail::prepared)
              .then(giveOrder)
              .then(chooseBackend)
              .then(respectLocks)
              .then(respectFreezes)
              .then(warn)
              .then(confirm)
              .then(askApproval)
              .then(open);
      return switch (step) {
        case Step.On<CommandResult>(CommandResult ending) -> ending;
        case Step.End<CommandResult>(CommandResult ending) -> ending;
      };
    } catch (RuntimeException e) {
      LOG.error("The command of inbox item {} failed in the bot", asked.id(), e);
      return CommandResult.Refused.denied(
          "Internal error, nothing was done. Tell the bot's operators: error " + asked.id() + ".");
    }
  }

  /** What the audit needs to know of a command on its way; used by the thread that runs it. */
  private static final class Trail {
    private CommandRequest asked;
    private String name = "";
    private String action = "";
    private String environment = "";
    private String application = "";
    private Optional<String> free = Optional.empty();
    private Optional<Authorised> authorised = Optional.empty();

    Trail(CommandRequest asked) {
      this.asked = asked;
    }

    Step<Identified> identified(Identified value) {
      name = value.person().name();
      asked = value.asked();
      return Step.on(value);
    }

    Step<PlannedCommand> prepared(PlannedCommand value) {
      authorised = Optional.of(value.authorised());
      return Step.on(value);
    }

    Step<ParsedCommand> understood(ParsedCommand value) {
      action = value.permission();
      Request question = AccessRequests.about(value, asked.at());
      environment = question.env();
      application = question.app();
      free = Optional.of(value).filter(ParsedCommand::free).map(Trail::canonical);
      return Step.on(value);
    }

    Step<Authorised> settled(Authorised value) {
      free = free.map(before -> canonical(value.command()));
      return Step.on(value);
    }

    private static String canonical(ParsedCommand command) {
      return command.invocation().canonical();
    }

    /** What was understood is shown; the message of a job shows it by itself. */
    CommandResult echoed(CommandResult ending) {
      return free.map(canonical -> UnderstoodText.with(ending, canonical)).orElse(ending);
    }

    Step<Authorised> authorised(Authorised value) {
      authorised = Optional.of(value);
      return Step.on(value);
    }

    AuditEntry entry(CommandResult ending) {
      Optional<Decision> denial =
          ending instanceof CommandResult.Refused refused ? refused.basis() : Optional.empty();
      List<String> rules =
          denial.map(Decision::rules).or(() -> authorised.map(Authorised::rules)).orElse(List.of());
      return new AuditEntry(
          asked.at(),
          asked.sender().principal(),
          asked.place().channel(),
          asked.raw(),
          action,
          environment,
          application,
          ending instanceof CommandResult.Opened(var job, var _, var _)
              ? Long.toString(job.number())
              : "",
          decision(ending),
          reason(ending),
          String.join(",", rules),
          denial.map(Decision::policyHash).or(() -> authorised.map(Authorised::policy)).orElse(""),
          new AuditEntry.More(
              name,
              asked.id(),
              asked.question().orElse(""),
              CommandAudit.digest(ending),
              CommandAudit.state(ending),
              CommandAudit.groupsAge(ending),
              ending instanceof CommandResult.Opened(var opened, var _, var _)
                  && opened.emergency().isPresent()));
    }

    private static String decision(CommandResult ending) {
      return switch (ending) {
        case CommandResult.Refused refused ->
            switch (refused.decision()) {
              case DENIED -> "denied";
              case REFUSED -> "refused";
            };
        case CommandResult.Answered answered -> changesSomething(answered) ? "done" : "answered";
        case CommandResult.Opened(var _, var along, var _) ->
            along.stream().anyMatch(Change.CreateApproval.class::isInstance) ? "asked" : "allowed";
      };
    }

    /** A file that comes with the answer is an answer too. */
    private static boolean changesSomething(CommandResult.Answered answered) {
      return !answered.changes().stream().allMatch(Change.PostMessage.class::isInstance);
    }

    private static String reason(CommandResult ending) {
      return switch (ending) {
        case CommandResult.Refused refused -> refused.reason();
        case CommandResult.Answered _ -> "";
        case CommandResult.Opened(var job, var _, var _) -> "job " + job.number();
      };
    }
  }
}
