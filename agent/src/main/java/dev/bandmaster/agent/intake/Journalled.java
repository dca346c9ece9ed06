package dev.bandmaster.agent.intake;

import dev.bandmaster.agent.action.ActionDeclaration.Weight;
import dev.bandmaster.agent.journal.Journal;
import dev.bandmaster.agent.journal.JournalEntry;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.wire.ReplayCache;
import dev.bandmaster.wire.Request;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The last stage: from here on the request is remembered, on the disk for work, in memory for what
 * changes nothing. What cannot be remembered is not run.
 */
final class Journalled implements Stage {

  /** Requests remembered in memory: a ping a second for a day. */
  private static final int MOST_IN_MEMORY = 100_000;

  private final ActionCatalogue catalogue;
  private final Journal journal;
  private final ReplayCache recent;

  Journalled(ActionCatalogue catalogue, Journal journal, InstantSource clock) {
    this.catalogue = catalogue;
    this.journal = journal;
    this.recent = new ReplayCache(MOST_IN_MEMORY, clock);
  }

  @Override
  public Verdict check(Request request) throws IOException {
    return catalogue.find(request).orElseThrow().action().weight() == Weight.QUICK
        ? inMemory(request)
        : onDisk(request);
  }

  private Verdict inMemory(Request request) {
    return switch (recent.see(request)) {
      case FRESH -> Verdict.pass();
      case REPLAYED ->
          new Verdict.Refuse(FinalCode.DUPLICATE, "This request was already answered.");
      case FULL ->
          new Verdict.Refuse(FinalCode.FAILED, "Too many requests at once. Try again later.");
    };
  }

  private Verdict onDisk(Request request) {
    try {
      Optional<JournalEntry> known = journal.accept(request);
      return known.map(FirstTime::seenBefore).orElseGet(Verdict::pass);
    } catch (IOException e) {
      return new Verdict.Refuse(
          FinalCode.FAILED,
          "The agent cannot write its journal (" + e.getMessage() + "), so nothing was run.");
    }
  }
}
