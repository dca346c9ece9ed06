package dev.bandmaster.store;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalState;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Approvals;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.StoreConflict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The tables {@code approval} and {@code approval_vote}. */
final class ApprovalTable implements Approvals {

  private final Database database;
  private final SetAsideTable aside;

  ApprovalTable(Database database, SetAsideTable aside) {
    this.database = database;
    this.aside = aside;
  }

  void ask(Handle handle, Change.CreateApproval ask) {
    Approval approval = ask.approval();
    bindProgress(
            handle.createUpdate(
                """
                INSERT INTO approval (id, job_id, number, requester, action, environment,
                  application, digest, status, version, expires_at, dispatch_before, due_at,
                  reusable_until, facts, progress)
                VALUES (:id, :job, :number, :requester, :action, :environment, :application,
                  :digest, :status, :version, :expires, :dispatchBefore, :due, :reusable, :facts,
                  :progress)\
                """),
            approval)
        .bind("job", approval.job())
        .bind("number", approval.number())
        .bind("requester", approval.requester().principal())
        .bind("action", approval.right().permission())
        .bind("environment", approval.right().environment())
        .bind("application", approval.right().application())
        .bind("digest", approval.digest())
        .bind("expires", approval.expires().toEpochMilli())
        .bind("facts", SealedJson.write(approval.with(ApprovalState.ASKED)))
        .execute();
    vote(handle, approval.id(), List.of(), approval.state().votes());
  }

  /**
   * Compare-and-set on status and version. A vote also has to be in time by the clock of the one
   * that counted it, whether or not somebody has noted yet that time is over.
   */
  void update(Handle handle, Change.UpdateApproval change) {
    Approval before = change.approval();
    Approval after = before.with(change.after());
    String inTime = change.votes() ? " AND expires_at > :now" : "";
    var update =
        bindProgress(
                handle.createUpdate(
                    """
                    UPDATE approval SET status = :status, version = :version,
                      dispatch_before = :dispatchBefore, due_at = :due, reusable_until = :reusable,
                      progress = :progress
                    WHERE id = :id AND status = :seenStatus AND version = :seenVersion\
                    """
                        + inTime),
                after)
            .bind("seenStatus", StoredNames.of(before.state().status()))
            .bind("seenVersion", before.state().version());
    if (change.votes()) {
      update.bind("now", change.now().toEpochMilli());
    }
    if (update.execute() == 0) {
      throw new StoreConflict("the request was already decided or has expired");
    }
    vote(handle, before.id(), before.state().votes(), change.after().votes());
  }

  private static <S extends SqlStatement<S>> S bindProgress(S statement, Approval approval) {
    return statement
        .bind("id", approval.id())
        .bind("status", StoredNames.of(approval.state().status()))
        .bind("version", approval.state().version())
        .bind("dispatchBefore", millis(approval.dispatchBefore()))
        .bind("due", millis(approval.due()))
        .bind("reusable", millis(approval.reusableUntil()))
        .bind("progress", SealedJson.write(approval.state().with(List.of())));
  }

  private static @Nullable Long millis(Optional<Instant> time) {
    return time.map(Instant::toEpochMilli).orElse(null);
  }

  /** A person's row is written again only where the vote in it was taken back, or is now. */
  private static void vote(Handle handle, String approval, List<Vote> before, List<Vote> after) {
    for (int position = 0; position < after.size(); position++) {
      Vote vote = after.get(position);
      if (before.contains(vote)) {
        continue;
      }
      handle
          .createUpdate(
              """
              DELETE FROM approval_vote WHERE approval_id = :approval AND voter IN (
                SELECT alias FROM principal_alias WHERE principal = :voter)\
              """)
          .bind("approval", approval)
          .bind("voter", vote.voter().principal())
          .execute();
      int written =
          handle
              .createUpdate(
                  """
                  INSERT INTO approval_vote (approval_id, voter, position, withdrawn, vote)
                  VALUES (:approval, :voter, :position, :withdrawn, :vote)
                  ON CONFLICT (approval_id, voter) DO UPDATE SET position = excluded.position,
                    withdrawn = excluded.withdrawn, vote = excluded.vote
                  WHERE approval_vote.withdrawn <> excluded.withdrawn\
                  """)
              .bind("approval", approval)
              .bind("voter", vote.voter().principal())
              .bind("position", vote.at().toEpochMilli())
              .bind("withdrawn", vote.withdrawn() ? 1 : 0)
              .bind("vote", SealedJson.write(vote))
              .execute();
      if (written == 0) {
        throw new StoreConflict(vote.name() + " has already voted");
      }
    }
  }

  @Override
  public Optional<Approval> find(String id) {
    return one("id = :id", Map.of("id", id));
  }

  @Override
  public Optional<Approval> byNumber(long number) {
    return one("number = :number", Map.of("number", number));
  }

  @Override
  public Optional<Approval> byJob(String job) {
    return one("job_id = :job", Map.of("job", job));
  }

  @Override
  public List<Approval> open(int limit) {
    return select("due_at IS NOT NULL ORDER BY id LIMIT :limit", Map.of("limit", limit));
  }

  @Override
  public List<Approval> open(String requester, Right right) {
    return select(
        """
        due_at IS NOT NULL AND (requester = :requester OR requester IN (
            SELECT alias FROM principal_alias WHERE principal = :requester))
          AND action = :action
          AND environment = :environment AND application = :application ORDER BY id\
        """,
        Map.of(
            "requester",
            requester,
            "action",
            right.permission(),
            "environment",
            right.environment(),
            "application",
            right.application()));
  }

  @Override
  public List<Approval> due(Instant now, int limit) {
    return select(
        "due_at <= :now ORDER BY due_at LIMIT :limit",
        Map.of("now", now.toEpochMilli(), "limit", limit));
  }

  @Override
  public Optional<Approval> reusable(String digest, Instant now) {
    return one(
        "digest = :digest AND reusable_until > :now ORDER BY id DESC LIMIT 1",
        Map.of("digest", digest, "now", now.toEpochMilli()));
  }

  /** Of one that cannot be read nobody may conclude that there is none. */
  private Optional<Approval> one(String condition, Map<String, ?> values) {
    return database.read(handle ->
        handle
            .createQuery(selecting(condition))
            .bindMap(values)
            .map((row, context) -> approval(handle, row))
            .findFirst());
  }

  private static String selecting(String condition) {
    return "SELECT id, status, facts, progress, %s AS canonical FROM approval WHERE %s"
        .formatted(PrincipalTable.resolved("requester"), condition);
  }

  private List<Approval> select(String condition, Map<String, ?> values) {
    return database.read(handle ->
        handle
            .createQuery(selecting(condition))
            .bindMap(values)
            .map(aside.each("approval", "id", "progress", row -> approval(handle, row)))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  private static Approval approval(Handle handle, ResultSet row) throws SQLException {
    ApprovalState state = SealedJson.read(ApprovalState.class, row.getString("progress"));
    if (state.status() != StoredNames.constant(ApprovalStatus.class, row.getString("status"))) {
      throw new UnreadableRow("its status does not match its progress", null);
    }
    return SealedJson.read(Approval.class, row.getString("facts"))
        .by(UserRef.ofPrincipal(row.getString("canonical")))
        .with(state.with(votes(handle, row.getString("id"))));
  }

  private static List<Vote> votes(Handle handle, String approval) {
    List<Vote> all =
        handle
            .createQuery(
                """
                SELECT vote, %s AS canonical FROM approval_vote WHERE approval_id = :approval
                ORDER BY position, voter\
                """
                    .formatted(PrincipalTable.resolved("voter")))
            .bind("approval", approval)
            .map((row, context) ->
                SealedJson.read(Vote.class, row.getString("vote"))
                    .by(UserRef.ofPrincipal(row.getString("canonical"))))
            .list();
    return Vote.onePerPerson(all);
  }
}
