package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.LeaseLost;
import dev.bandmaster.core.store.Leases;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code lease}. */
final class LeaseTable implements Leases {

  private final Database database;
  private final Dialect dialect;

  LeaseTable(Database database, Dialect dialect) {
    this.database = database;
    this.dialect = dialect;
  }

  /** Keeps the lease from being taken until the commit is through. */
  void fence(Handle handle, Change.Fence fence) {
    boolean held =
        handle
            .createQuery(
                "SELECT 1 FROM seat WHERE name = :name AND holder = :holder AND epoch = :epoch"
                    + dialect.shared())
            .bind("name", fence.lease().name())
            .bind("holder", fence.lease().holder())
            .bind("epoch", fence.lease().epoch())
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!held) {
      throw new LeaseLost(fence.lease());
    }
  }

  @Override
  public Optional<Lease> take(String name, String holder, Duration duration, boolean home) {
    return database.writing(handle ->
        handle
            .createQuery(
                """
                INSERT INTO seat (name, holder, epoch, is_home, expires_at)
                VALUES (:name, :holder, 1, :home, NOW_MS + :lease)
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, epoch = seat.epoch + 1,
                  is_home = excluded.is_home, expires_at = excluded.expires_at
                WHERE seat.expires_at <= NOW_MS OR seat.holder = excluded.holder
                  OR (excluded.is_home = 1 AND seat.is_home = 0)
                RETURNING epoch\
                """
                    .replace("NOW_MS", dialect.now()))
            .bind("name", name)
            .bind("holder", holder)
            .bind("home", home ? 1 : 0)
            .bind("lease", duration.toMillis())
            .mapTo(Long.class)
            .findOne()
            .map(epoch -> new Lease(name, holder, epoch)));
  }

  @Override
  public boolean renew(Lease lease, Duration duration) {
    return database.writing(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE seat SET expires_at = NOW_MS + :lease
                    WHERE name = :name AND holder = :holder AND epoch = :epoch\
                    """
                        .replace("NOW_MS", dialect.now()))
                .bind("lease", duration.toMillis())
                .bind("name", lease.name())
                .bind("holder", lease.holder())
                .bind("epoch", lease.epoch())
                .execute()
            > 0);
  }

  @Override
  public void release(Lease lease) {
    database.write(handle ->
        handle
            .createUpdate(
                """
                UPDATE seat SET expires_at = 0, is_home = 0
                WHERE name = :name AND holder = :holder AND epoch = :epoch\
                """)
            .bind("name", lease.name())
            .bind("holder", lease.holder())
            .bind("epoch", lease.epoch())
            .execute());
  }

  @Override
  public List<String> abandoned() {
    return database.read(handle ->
        handle
            .createQuery(
                """
                SELECT name FROM seat WHERE expires_at <= NOW_MS
                  AND (EXISTS (SELECT 1 FROM job WHERE job.seat = seat.name AND ended_at IS NULL)
                    OR EXISTS (SELECT 1 FROM inbox WHERE inbox.seat = seat.name AND state = 'NEW'))
                ORDER BY name\
                """
                    .replace("NOW_MS", dialect.now()))
            .mapTo(String.class)
            .list());
  }

  @Override
  public int holders() {
    long holders =
        database.read(handle ->
            handle
                .createQuery(
                    "SELECT COUNT(DISTINCT holder) FROM seat WHERE expires_at > " + dialect.now())
                .mapTo(Long.class)
                .one());
    return (int) Math.max(holders, 1);
  }
}
