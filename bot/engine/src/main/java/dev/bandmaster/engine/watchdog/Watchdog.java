package dev.bandmaster.engine.watchdog;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a watchdog that somebody else runs, and which calls people when it is not fed. Whoever
 * watches the nodes writes a pulse into the outbox; it is claimed and sent like any alert, the chat
 * is asked whether it would take one, and only then is the watchdog called. So it goes hungry when
 * the detector, the store, the outbox or the connection to the chat does not work, and it cannot be
 * fed past them.
 */
public final class Watchdog {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  /** The one item of all replicas: whichever watches writes it, whichever can sends it. */
  static final String ITEM = "watchdog";

  /** From the first byte sent to the end of the answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Until a call that failed is repeated, unless the next pulse comes sooner. */
  private static final Duration AGAIN = Duration.ofSeconds(15);

  private final String url;
  private final Duration interval;
  private final Store store;
  private final OkHttpClient http;
  private final AtomicLong fed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private Instant last = Instant.EPOCH;
  private volatile String trouble = "";

  /**
   * A watchdog that is fed as often as this.
   *
   * @param url a secret: anyone who knows it can feed the watchdog
   */
  public Watchdog(String url, Duration interval, Store store) {
    this.url = url;
    this.interval = interval;
    this.store = store;
    this.http =
        new OkHttpClient.Builder()
            .callTimeout(PATIENCE)
            // What answers somewhere else is not what was configured.
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .build();
  }

  /**
   * The nodes were looked at, and what followed is kept. For one thread.
   *
   * @throws dev.bandmaster.core.store.StoreUnavailable if the pulse cannot be kept
   */
  public void watched(Instant now) {
    if (now.isBefore(last.plus(interval)) && !now.isBefore(last)) {
      return;
    }
    store.commit(new Change.PostMessage(ITEM, new Outbound.Heartbeat(now), Change.Urgency.SOON));
    last = now;
  }

  /**
   * The way out, on which pulses go on to the watchdog.
   *
   * @param listening whether anything can come from the chat: nobody could acknowledge otherwise
   */
  public Chat behind(Chat chat, BooleanSupplier listening) {
    return new Chat() {
      @Override
      public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
        Sent sent = chat.send(id, item, previous, uncertain);
        if (!(item instanceof Outbound.Heartbeat) || !(sent instanceof Sent.Done)) {
          return sent;
        }
        String reason = listening.getAsBoolean() ? call() : "nothing can be received from the chat";
        return note(reason)
            ? sent
            : new Sent.Later(AGAIN, "The watchdog was not notified: " + reason);
      }

      @Override
      public void retract(String channel, String timestamp) {
        chat.retract(channel, timestamp);
      }
    };
  }

  /** Why it could not be called; empty if it was. Says nothing that the address consists of. */
  private String call() {
    try (Response response = http.newCall(new Request.Builder().url(url).build()).execute()) {
      if (response.isSuccessful()) {
        return "";
      }
      return response.isRedirect()
          ? "it answers with a redirect (%d); configure the target address"
              .formatted(response.code())
          : "it answers with status " + response.code();
    } catch (IOException e) {
      return "it cannot be reached (%s)".formatted(e.getClass().getSimpleName());
    }
  }

  /** A word in the log for each change, so that a long outage is two lines. */
  private boolean note(String reason) {
    if (reason.isEmpty()) {
      fed.incrementAndGet();
      if (!trouble.isEmpty()) {
        LOG.info("The watchdog is notified again");
      }
    } else {
      failed.incrementAndGet();
      if (!trouble.equals(reason)) {
        LOG.warn("The watchdog was not notified: {}", reason);
      }
    }
    trouble = reason;
    return reason.isEmpty();
  }

  /** How often it was fed since the start, by this process. */
  public long fed() {
    return fed.get();
  }

  /** How often that failed since the start, in this process. */
  public long failed() {
    return failed.get();
  }
}
