package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.Digest;
import dev.bandmaster.core.approval.Snapshot;
import dev.bandmaster.core.store.Approvals;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.engine.catalogue.Catalogue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who has to say yes? What the policy wants now is written down and holds for this request,
 * whatever the policy becomes. Where there are too few people who could agree, that is said at
 * once.
 */
public final class RequestApproval implements Function<PlannedCommand, Step<PlannedCommand>> {

  private final Approvals approvals;
  private final Voters voters;
  private final Catalogue catalogue;
  private final ApprovalSettings settings;
  private final InstantSource clock;

  public RequestApproval(
      Approvals approvals,
      Voters voters,
      Catalogue catalogue,
      ApprovalSettings settings,
      InstantSource clock) {
    this.approvals = approvals;
    this.voters = voters;
    this.catalogue = catalogue;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Step<PlannedCommand> apply(PlannedCommand prepared) {
    ApprovalRequirements needs = prepared.authorised().needs();
    if (needs.isEmpty()) {
      return Step.on(prepared);
    }
    Snapshot snapshot = snapshot(prepared, needs);
    Instant now = clock.instant();
    if (mayReuse(prepared, snapshot, now)) {
      return Step.on(prepared);
    }
    CommandRequest asked = prepared.authorised().command().asked();
    Optional<String> tooFew =
        voters.tooFew(snapshot, prepared.right(), asked.sender(), asked.place());
    if (tooFew.isPresent()) {
      return Step.end(CommandResult.Refused.denied(tooFew.get()));
    }
    return Step.on(
        prepared.asking(
            new ApprovalRequestDraft(
                Ids.next(now),
                snapshot,
                needs.expires().orElse(settings.expires()),
                approvals.open(asked.sender().principal(), prepared.right()))));
  }

  private Snapshot snapshot(PlannedCommand prepared, ApprovalRequirements needs) {
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
  private boolean isProtected(PlannedCommand prepared) {
    String environment = prepared.right().environment();
    return environment.isEmpty()
        ? catalogue.environments().stream().anyMatch(catalogue::isProtected)
        : catalogue.isProtected(environment);
  }

  /** Whether the very same was approved by the same people not long ago, and the rules allow it. */
  private boolean mayReuse(PlannedCommand prepared, Snapshot snapshot, Instant now) {
    if (snapshot.reuseFor().isEmpty() || !snapshot.freeze().isEmpty() || snapshot.hold()) {
      return false;
    }
    CommandRequest asked = prepared.authorised().command().asked();
    String digest = Digest.of(prepared.right(), prepared.work(), asked.sender(), asked.place());
    return approvals
        .reusable(digest, now)
        .map(Approval::snapshot)
        .filter(before -> before.requirements().equals(snapshot.requirements()))
        .isPresent();
  }
}
