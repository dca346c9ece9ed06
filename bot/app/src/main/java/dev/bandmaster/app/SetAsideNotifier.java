package dev.bandmaster.app;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.SetAside;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.engine.clock.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the operators once of each row of the store that cannot be read. */
final class SetAsideNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SetAsideNotifier.class);

  private static final Duration TICK = Duration.ofSeconds(5);

  /** Rows of one notification. */
  private static final int AT_ONCE = 1_000;

  /** Rows that it names. */
  private static final int NAMED = 5;

  private final Store store;
  private final Consumer<String> operators;
  private final Ticker ticker = new Ticker("set-aside", TICK, this::look);

  SetAsideNotifier(Store store, Consumer<String> operators) {
    this.store = store;
    this.operators = operators;
  }

  void start() {
    ticker.start();
  }

  void look() {
    try {
      List<SetAside.Row> rows = store.setAside().unreported(AT_ONCE);
      if (!rows.isEmpty()) {
        operators.accept(sentence(rows));
        store.commit(new Change.SetAsideReported(rows));
      }
    } catch (StoreUnavailable away) {
      LOG.warn("Cannot query the store for unreadable rows: {}", away.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Cannot notify the operators of unreadable rows", e);
    }
  }

  private static String sentence(List<SetAside.Row> rows) {
    String named =
        rows.stream().limit(NAMED).map(SetAside.Row::describe).collect(Collectors.joining(", "));
    String more = rows.size() > NAMED ? " and %d more".formatted(rows.size() - NAMED) : "";
    return "%s of the store cannot be read and %s set aside; everything else continues: %s%s. To list all: 'bandmaster storage check'."
        .formatted(
            rows.size() == 1 ? "1 row" : rows.size() + " rows",
            rows.size() == 1 ? "was" : "were",
            named,
            more);
  }

  @Override
  public void close() {
    ticker.close();
  }
}
