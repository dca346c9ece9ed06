package dev.bandmaster.engine.runbooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.runbook.RunbookMachine.Fate;
import dev.bandmaster.core.runbook.RunbookMachine.Send;
import dev.bandmaster.core.runbook.RunbookRun;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.engine.pipeline.CommandResult;
import dev.bandmaster.engine.schedules.ScheduledItem;
import java.time.Instant;
import java.util.Optional;

/** The command of a runbook's step as the inbox keeps it, and what the inbox says became of it. */
public final class RunbookItem {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The kind under which it is in the inbox. */
  public static final String KIND = "runbook";

  private static final String JOB = "job ";
  private static final String DONE = "done";
  private static final String REFUSED = "refused ";

  /** Characters of a reason that are kept. */
  private static final int LONGEST_REASON = 400;

  private RunbookItem() {}

  /** The item of a step; the same for each replica that writes it. */
  public static Change.AcceptDelivery of(RunbookRun run, Send send, Instant now, String lease) {
    String payload =
        ScheduledItem.asking(run.asker(), run.place())
            .put("run", run.number())
            .put("step", send.step())
            .put("attempt", send.attempt())
            .put("command", send.command())
            .toString();
    return new Change.AcceptDelivery(run.key(send.step()), KIND, payload, now, lease);
  }

  /**
   * What an item means.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Inbound.RunbookStep read(String payload) {
    try {
      JsonNode item = JSON.readTree(payload);
      return new Inbound.RunbookStep(
          ScheduledItem.sender(item),
          ScheduledItem.place(item),
          item.path("run").asLong(),
          item.path("step").asInt(),
          item.path("attempt").asInt(),
          item.path("command").asText());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no step of a runbook", e);
    }
  }

  /** What the inbox keeps of the command's end. */
  public static String outcome(CommandResult ending) {
    return switch (ending) {
      case CommandResult.Opened opened -> JOB + opened.job().number();
      case CommandResult.Answered _ -> DONE;
      case CommandResult.Refused refused ->
          REFUSED
              + (refused.reason().length() <= LONGEST_REASON
                  ? refused.reason()
                  : refused.reason().substring(0, LONGEST_REASON - 1) + "…");
    };
  }

  /** What became of the command, if it is dealt with. */
  static Optional<Fate> fate(Optional<Inbox.Progress> progress) {
    if (progress.isEmpty()) {
      return Optional.of(new Fate.Refused("It is not known what became of the command."));
    }
    Inbox.Progress known = progress.get();
    if (!known.handled()) {
      return Optional.empty();
    }
    if (known.abandoned()) {
      return Optional.of(new Fate.Refused("Internal error, the command was not run."));
    }
    String outcome = known.outcome();
    if (outcome.startsWith(JOB)) {
      return Optional.of(new Fate.Opened(Long.parseLong(outcome.substring(JOB.length()))));
    }
    return Optional.of(
        outcome.startsWith(REFUSED)
            ? new Fate.Refused(outcome.substring(REFUSED.length()))
            : new Fate.Done());
  }
}
