package dev.bandmaster.store;

import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Jobs.Printed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table {@code job_output}: pieces are added, and pruned as a whole when they are old. */
final class JobOutputTable {
  private JobOutputTable() {}

  static void append(Handle handle, Change.UpdateJob advance) {
    if (advance.printed().isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO job_output (job_id, node, position, text)
            VALUES (:job, :node, :position, :text)
            ON CONFLICT (job_id, node, position) DO UPDATE SET text = excluded.text\
            """);
    for (JobEffect.Keep piece : joined(advance.printed())) {
      batch
          .bind("job", advance.job().id())
          .bind("node", piece.node())
          .bind("position", piece.position())
          .bind("text", SafeText.of(piece.text()))
          .add();
    }
    batch.execute();
  }

  /** The pieces of one node that came together are one row. */
  private static Collection<JobEffect.Keep> joined(List<JobEffect.Keep> pieces) {
    Map<String, JobEffect.Keep> byNode = new LinkedHashMap<>();
    for (JobEffect.Keep piece : pieces) {
      byNode.merge(
          piece.node(),
          piece,
          (first, next) ->
              new JobEffect.Keep(first.node(), first.position(), first.text() + next.text()));
    }
    return byNode.values();
  }

  static String read(Handle handle, String job, String node, int limit) {
    StringBuilder all = new StringBuilder();
    List<String> pieces = new ArrayList<>();
    handle
        .createQuery(
            """
            SELECT text FROM job_output
            WHERE job_id = :job AND node = :node AND position < :limit ORDER BY position\
            """)
        .bind("job", job)
        .bind("node", node)
        .bind("limit", limit)
        .mapTo(String.class)
        .useIterator(rows -> rows.forEachRemaining(pieces::add));
    pieces.forEach(all::append);
    return all.length() <= limit ? all.toString() : all.substring(0, limit);
  }

  static void readAll(Handle handle, String job, Consumer<Printed> reader) {
    handle
        .createQuery(
            "SELECT node, text FROM job_output WHERE job_id = :job ORDER BY node, position")
        .bind("job", job)
        .setFetchSize(100)
        .map((row, context) -> new Printed(row.getString("node"), row.getString("text")))
        .useIterator(rows -> rows.forEachRemaining(reader));
  }
}
