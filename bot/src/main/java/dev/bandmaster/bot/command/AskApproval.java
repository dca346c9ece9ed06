package dev.bandmaster.bot.command;

import dev.bandmaster.bot.approval.Approval;
import dev.bandmaster.bot.approval.Digest;
import dev.bandmaster.bot.approval.Snapshot;
import dev.bandmaster.bot.catalogue.Catalogue;
import dev.bandmaster.bot.store.Approvals;
import dev.bandmaster.bot.store.Ids;
import dev.bandmaster.config.ApprovalsConfig;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who has to say yes? What the policy wants now is written down and holds for this request,
 * whatever the policy becomes. Where there are too few people who could agree, that is said at
 * once.
 */
final class AskApproval implements Function<Prepared, Step<Prepared>> {

  private final Approvals approvals;
  private final Voters voters;
  private final Catalogue catalogue;
  private final ApprovalsConfig settings;
  private final InstantSource clock;

  AskApproval(
      Approvals approvals,
      Voters voters,
      Catalogue catalogue,
      ApprovalsConfig settings,
      InstantSource clock) {
    this.approvals = approvals;
    this.voters = voters;
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Step<Prepared> apply(Prepared prepared) {
    Needs needs = prepared.authorised().needs();
    if (needs.isEmpty()) {
      return Step.on(prepared);
    }
    Snapshot snapshot = snapshot(prepared, needs);
    Instant now = clock.instant();
    if (mayReuse(prepared, snapshot, now)) {
      return Step.on(prepared);
    }
    Asked asked = prepared.authorised().command().asked();
    Optional<String> tooFew =
        voters.tooFew(snapshot, prepared.right(), asked.sender(), asked.place());
    if (tooFew.isPresent()) {
      return Step.end(Ending.Refused.denied(tooFew.get()));
    }
    return Step.on(
        prepared.asking(
            new Asking(
                Ids.next(now),
                snapshot,
                needs.expires().orElse(settings.expires()),
                approvals.open(asked.sender().principal(), prepared.right()))));
  }

  private Snapshot snapshot(Prepared prepared, Needs needs) {
    Authorised authorised = prepared.authorised();
    return new Snapshot(
        authorised.rules(),
        authorised.policy(),
        needs.requirements(),
        needs.denials(),
        settings.dispatchWithin(),
        settings.remind(),
        needs.hold(),
        needs.reuseFor(),
        prepared.freeze(),
        isProtected(prepared));
  }

  /** What is about no environment may be about any. */
  private boolean isProtected(Prepared prepared) {
    String environment = prepared.right().environment();
    return environment.isEmpty()
        ? catalogue.environments().stream().anyMatch(catalogue::isProtected)
        : catalogue.isProtected(environment);
  }

  /** Whether the very same was approved by the same people not long ago, and the rules allow it. */
  private boolean mayReuse(Prepared prepared, Snapshot snapshot, Instant now) {
    if (snapshot.reuseFor().isEmpty() || !snapshot.freeze().isEmpty() || snapshot.hold()) {
      return false;
    }
    Asked asked = prepared.authorised().command().asked();
    String digest = Digest.of(prepared.right(), prepared.work(), asked.sender(), asked.place());
    return approvals
        .reusable(digest, now)
        .map(Approval::snapshot)
        .filter(before -> before.requirements().equals(snapshot.requirements()))
        .isPresent();
  }
}
