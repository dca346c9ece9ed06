package dev.bandmaster.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Change;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.View;
import io.javalin.http.sse.SseClient;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells open pages that something changed and where; they fetch what they show. Each page has its
 * own queue and its own thread, so that a slow one holds nobody up.
 */
final class Feed {
  /** A page that is further behind than this is cut off; it comes back and fetches everything. */
  private static final int LONGEST_QUEUE = 2_000;

  /** How often an idle page receives a comment, by which a lost connection is noticed. */
  private static final long COMMENT_SECONDS = 15;

  private final Map<SseClient, BlockingQueue<String>> pages = new ConcurrentHashMap<>();

  /** The pages that are being served, and this feed itself until it is closed. */
  private final Phaser served = new Phaser(1);

  private volatile boolean closed;

  /** Serves one page until it goes away. Blocks the page's own thread. */
  void serve(SseClient page) {
    BlockingQueue<String> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
    pages.put(page, queue);
    served.register();
    try {
      page.sendEvent("change", kind("hello").toString());
      while (!page.terminated() && !closed && pages.containsKey(page)) {
        String next = queue.poll(COMMENT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
          page.sendComment("still here");
        } else if (!next.isEmpty()) {
          page.sendEvent("change", next);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      pages.remove(page);
      page.close();
      served.arriveAndDeregister();
    }
  }

  /** Hears of a change. */
  void on(Change change) {
    if (change instanceof Change.Posted(Message message) && !message.displayed()) {
      return;
    }
    ObjectNode json =
        switch (change) {
          case Change.Posted(Message message) -> place("posted", message);
          case Change.Edited(Message _, Message after, String _) -> place("edited", after);
          case Change.Deleted(Message message, String _) -> place("deleted", message);
          case Change.Reacted(Message message, String _, String _, boolean _) ->
              place("reacted", message);
          case Change.Joined(String channel, String _) -> kind("joined").put("channel", channel);
          case Change.ViewChanged(View view) -> kind("view").put("user", view.user());
          case Change.HomeOpened(String user, String _) -> kind("home").put("user", user);
          case Change.Shared(String channel, boolean _) -> kind("shared").put("channel", channel);
          case Change.PersonChanged _, Change.GroupChanged _ -> kind("people");
          case Change.Reset _ -> kind("reset");
        };
    send(json.toString());
  }

  /**
   * Lets every page go, and waits until all are gone: a server that stops takes its requests back,
   * and Javalin tries for ever to end one that is not there any more.
   */
  void close() {
    closed = true;
    send("");
    try {
      served.awaitAdvanceInterruptibly(served.arriveAndDeregister(), 2, TimeUnit.SECONDS);
    } catch (TimeoutException stuck) {
      // A page that cannot be let go must not keep the server from stopping.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(String change) {
    pages.forEach((page, queue) -> {
      if (!queue.offer(change)) {
        pages.remove(page);
      }
    });
  }

  private static ObjectNode place(String kind, Message message) {
    return kind(kind)
        .put("channel", message.channel())
        .put("ts", message.ts())
        .put("thread_ts", message.threadTs().orElse(""))
        .put("user", message.user())
        .put("ephemeral_to", message.ephemeralTo());
  }

  private static ObjectNode kind(String kind) {
    return Json.object().put("kind", kind);
  }
}
