package dev.bandmaster.app.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.engine.api.ApiCaller;
import dev.bandmaster.engine.api.ApiSecrets;
import dev.bandmaster.http.ConcurrencyLimit;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Streams of events: one job until its end, and everything that the audit says. Both go on where a
 * client was that comes back with {@code Last-Event-ID}, whichever replica it comes to.
 */
final class EventRoutes {

  /** Streams at the same time; each looks into the store twice a second. */
  static final int MOST = 32;

  private static final Duration LOOK = Duration.ofMillis(500);

  private static final Duration BEAT = Duration.ofSeconds(10);

  /** A client comes back after that, and its token and rights are looked at again. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int PAGE = 200;

  private final ApiSources sources;
  private final BooleanSupplier closing;
  private final ConcurrencyLimit places = new ConcurrencyLimit(MOST);

  /**
   * @param closing whether the server stops
   */
  EventRoutes(ApiSources sources, BooleanSupplier closing) {
    this.sources = sources;
    this.closing = closing;
  }

  /** The same handler, within the number of streams. */
  Handler limited(Handler handler) {
    return places.limit(handler);
  }

  /** What is to be sent now; returns whether more may follow. */
  @FunctionalInterface
  private interface Source {
    boolean send(EventStream stream) throws IOException;
  }

  /** Each state of a job, and its end. */
  void ofJob(Context context, ApiCaller caller, long number) throws IOException {
    String[] last = {lastId(context)};
    run(
        context,
        caller,
        stream -> {
          Optional<Job> job = sources.store().jobs().byNumber(number);
          if (job.isEmpty()) {
            return false;
          }
          ObjectNode shown = ApiData.job(job.get(), sources.picture().apply(job.get()));
          String id = ApiSecrets.hash(shown.toString()).substring(0, 16);
          boolean ended = job.get().state().status().isFinal();
          if (!id.equals(last[0])) {
            stream.send(ended ? "end" : "job", id, shown);
            last[0] = id;
          } else if (ended) {
            stream.send("end", id, shown);
          }
          return !ended;
        });
  }

  /** Each line of the audit; without {@code Last-Event-ID} from now on. */
  void ofEverything(Context context, ApiCaller caller) throws IOException {
    String shown = lastId(context);
    long[] last = {
      shown.matches("[0-9]{1,18}") ? Long.parseLong(shown) : sources.store().audit().head().number()
    };
    run(
        context,
        caller,
        stream -> {
          List<Audit.Row> rows = sources.store().audit().after(last[0], PAGE);
          for (Audit.Row row : rows) {
            stream.send("audit", Long.toString(row.number()), ApiData.entry(row));
            last[0] = row.number();
          }
          return true;
        });
  }

  private static String lastId(Context context) {
    return Optional.ofNullable(context.header("Last-Event-ID")).orElse("");
  }

  private void run(Context context, ApiCaller caller, Source source) throws IOException {
    context.status(200).contentType("text/event-stream; charset=utf-8");
    context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
    EventStream stream = new EventStream(context.res().getOutputStream());
    stream.beat();
    Instant end = sources.clock().instant().plus(LONGEST);
    Instant beat = sources.clock().instant().plus(BEAT);
    try {
      while (!closing.getAsBoolean() && sources.clock().instant().isBefore(end)) {
        if (!source.send(stream)) {
          return;
        }
        Instant now = sources.clock().instant();
        if (!now.isBefore(beat)) {
          if (!isStillValid(context, caller)) {
            return;
          }
          stream.beat();
          beat = now.plus(BEAT);
        }
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A token that was revoked meanwhile shows nothing more. */
  private boolean isStillValid(Context context, ApiCaller caller) {
    return ApiGate.token(context)
        .flatMap(sources.authentication()::callerOf)
        .filter(caller::equals)
        .isPresent();
  }
}
