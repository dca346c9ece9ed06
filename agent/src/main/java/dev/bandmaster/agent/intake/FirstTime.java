package dev.bandmaster.agent.intake;

import dev.bandmaster.agent.journal.Journal;
import dev.bandmaster.agent.journal.JournalEntry;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.wire.Request;
import java.util.Optional;

/** Each request is run once: one that the journal knows is answered with what is known. */
final class FirstTime implements Stage {

  private final Journal journal;

  FirstTime(Journal journal) {
    this.journal = journal;
  }

  @Override
  public Verdict check(Request request) {
    return journal.find(request.id()).map(FirstTime::seenBefore).orElseGet(Verdict::pass);
  }

  static Verdict seenBefore(JournalEntry entry) {
    ReportBody.Final end = entry.result();
    return switch (entry.state()) {
      case ACCEPTED -> new Verdict.AlreadyRunning();
      case CANCELLED -> new Verdict.Refuse(FinalCode.CANCELLED, "Cancelled before it started.");
      case FINISHED, REPORTED ->
          Optional.ofNullable(end)
              .<Verdict>map(Verdict.EndedBefore::new)
              .orElseGet(() ->
                  new Verdict.Refuse(
                      FinalCode.DUPLICATE, "It already ran; its result is unknown."));
    };
  }
}
