package dev.bandmaster.store;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Schedules;
import dev.bandmaster.core.store.StoreConflict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code schedule}. */
final class ScheduleTable implements Schedules {

  private final Database database;
  private final SetAsideTable aside;

  ScheduleTable(Database database, SetAsideTable aside) {
    this.database = database;
    this.aside = aside;
  }

  void plan(Handle handle, Change.CreateSchedule plan) {
    handle
        .createUpdate("INSERT INTO schedule (number, due_at, facts) VALUES (:number, :due, :facts)")
        .bind("number", plan.schedule().number())
        .bind("due", plan.schedule().due().toEpochMilli())
        .bind("facts", SealedJson.write(plan.schedule()))
        .execute();
  }

  /** Compare-and-set on the time it was due: of two replicas one moves it. */
  void move(Handle handle, Change.AdvanceSchedule move) {
    Schedule schedule = move.schedule();
    String what =
        move.next().isPresent()
            ? "UPDATE schedule SET due_at = :next, facts = :facts"
            : "DELETE FROM schedule";
    int moved =
        handle
            .createUpdate(what + " WHERE number = :number AND due_at = :due")
            .bind("number", schedule.number())
            .bind("due", schedule.due().toEpochMilli())
            .bindMap(
                move.next()
                    .<Map<String, Object>>map(next ->
                        Map.of(
                            "next",
                            next.toEpochMilli(),
                            "facts",
                            SealedJson.write(schedule.at(next))))
                    .orElse(Map.of()))
            .execute();
    if (moved == 0) {
      throw new StoreConflict("the schedule was changed by someone else");
    }
  }

  @Override
  public long nextNumber() {
    return database.writing(handle ->
        handle
            .createQuery("UPDATE schedule_number SET value = value + 1 RETURNING value")
            .mapTo(Long.class)
            .one());
  }

  @Override
  public List<Schedule> all() {
    return database.read(handle ->
        handle
            .createQuery("SELECT number, facts FROM schedule ORDER BY due_at, number")
            .map(
                aside.each(
                    "schedule",
                    "number",
                    row -> SealedJson.read(Schedule.class, row.getString("facts"))))
            .stream()
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public Optional<Schedule> find(long number) {
    return database.read(handle ->
        handle
            .createQuery("SELECT facts FROM schedule WHERE number = :number")
            .bind("number", number)
            .map((row, context) -> SealedJson.read(Schedule.class, row.getString("facts")))
            .findOne());
  }
}
