package dev.bandmaster.agent.job;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.action.AgentModule;
import dev.bandmaster.agent.action.Schemas;
import dev.bandmaster.agent.journal.Journal;
import dev.bandmaster.agent.journal.JournalEntry;
import dev.bandmaster.model.Data;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Ends requests: running ones by ending their processes, coming ones by refusing them in advance.
 */
public final class JobModule implements AgentModule {

  /** What the bus routes by. */
  public static final String CAPABILITY = "job";

  private final JobRunner runner;
  private final Journal journal;

  /** A module for the requests of one runner. */
  public JobModule(JobRunner runner, Journal journal) {
    this.runner = runner;
    this.journal = journal;
  }

  @Override
  public String capability() {
    return CAPABILITY;
  }

  @Override
  public List<ActionDeclaration> actions() {
    return List.of(
        ActionDeclaration.quick(
            "cancel",
            "Cancels a running request, or rejects it in advance.",
            Schemas.beside(JobModule.class, "cancel.schema.json"),
            this::cancel));
  }

  private ActionOutcome cancel(ActionContext context) throws IOException {
    String id = context.arguments().path("request").asText();
    if (runner.cancel(id)) {
      return answer("cancel requested", "running");
    }
    Optional<JournalEntry> known = journal.bury(id);
    return switch (known.map(JournalEntry::state).orElse(JournalEntry.State.CANCELLED)) {
      case ACCEPTED -> {
        // It was written down and is about to begin, or just ending.
        runner.cancelAccepted(id);
        yield answer("cancel requested", "running");
      }
      case FINISHED, REPORTED -> answer("already ended", "finished");
      case CANCELLED -> answer("will be rejected on arrival", "unseen");
    };
  }

  private static ActionOutcome answer(String message, String state) {
    return ActionOutcome.ok(message, Data.Fields.EMPTY.with("state", state));
  }
}
