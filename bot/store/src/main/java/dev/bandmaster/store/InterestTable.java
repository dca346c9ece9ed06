package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Interests;
import dev.bandmaster.core.store.StoreConflict;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The tables {@code job_watcher} and {@code subscription}. */
final class InterestTable implements Interests {

  private final Database database;

  InterestTable(Database database) {
    this.database = database;
  }

  static void watch(Handle handle, Change.WatchJob watch) {
    handle.execute(
        "INSERT INTO job_watcher (job, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        watch.job(),
        watch.user());
  }

  static void told(Handle handle, Change.JobWatchersTold told) {
    handle.execute("DELETE FROM job_watcher WHERE job = ?", told.job());
  }

  static void subscribe(Handle handle, Change.Subscribe subscribe) {
    Subscription made = subscribe.subscription();
    handle
        .createUpdate(
            """
            INSERT INTO subscription (number, channel, environment, application, owner,
              owner_name, created_at)
            VALUES (:number, :channel, :environment, :application, :owner, :name, :created)\
            """)
        .bind("number", made.number())
        .bind("channel", SafeText.of(made.channel()))
        .bind("environment", made.environment())
        .bind("application", made.application())
        .bind("owner", made.owner())
        .bind("name", SafeText.of(made.ownerName()))
        .bind("created", made.created().toEpochMilli())
        .execute();
  }

  static void unsubscribe(Handle handle, Change.Unsubscribe ended) {
    if (handle.execute("DELETE FROM subscription WHERE number = ?", ended.number()) == 0) {
      throw new StoreConflict("the subscription no longer exists");
    }
  }

  @Override
  public List<String> watchers(String job) {
    return database.read(handle ->
        handle
            .createQuery("SELECT user_id FROM job_watcher WHERE job = :job ORDER BY user_id")
            .bind("job", job)
            .mapTo(String.class)
            .list());
  }

  @Override
  public long nextNumber() {
    return database.writing(handle ->
        handle
            .createQuery("UPDATE subscription_number SET value = value + 1 RETURNING value")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public List<Subscription> all() {
    return database.read(handle ->
        handle
            .createQuery("SELECT * FROM subscription ORDER BY number")
            .map((row, context) ->
                new Subscription(
                    row.getLong("number"),
                    row.getString("channel"),
                    row.getString("environment"),
                    row.getString("application"),
                    row.getString("owner"),
                    row.getString("owner_name"),
                    Instant.ofEpochMilli(row.getLong("created_at"))))
            .list());
  }
}
