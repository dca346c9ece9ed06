package dev.bandmaster.engine.plugins;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.plugin.EventListener;
import dev.bandmaster.plugin.PluginEvent;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells plugins what has happened. Each plugin has a queue and a thread of its own, so that one
 * that is slow or hangs keeps no other from hearing, and never the thread on which something
 * happened.
 */
public final class EventDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventDispatcher.class);

  /** Events of one plugin that wait; the oldest are dropped. */
  static final int MOST_WAITING = 1_000;

  private final Supplier<List<Listening>> plugins;
  private final PluginEvents events;
  private final Store store;
  private final PluginPermissions permissions;
  private final InstantSource clock;
  private final HttpClient http = LimitedServices.client();
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A plugin that listens. */
  record Listening(String name, EventListener listener, PluginCalls calls) {}

  /**
   * @param manager knows which plugins listen now
   */
  public EventDispatcher(
      PluginManager manager, Store store, PluginPermissions permissions, InstantSource clock) {
    this(manager::listening, store, permissions, clock);
  }

  EventDispatcher(
      Supplier<List<Listening>> plugins,
      Store store,
      PluginPermissions permissions,
      InstantSource clock) {
    this.plugins = plugins;
    this.events = new PluginEvents(clock);
    this.store = store;
    this.permissions = permissions;
    this.clock = clock;
  }

  /** A commit was made. Returns at once, and never throws. */
  public void committed(List<Change> changes) {
    try {
      List<PluginEvent> happened = events.of(changes);
      if (happened.isEmpty() || closed) {
        return;
      }
      for (Listening plugin : plugins.get()) {
        Lane lane = lanes.computeIfAbsent(plugin.name(), Lane::new);
        happened.forEach(event -> lane.add(plugin, event));
      }
    } catch (RuntimeException e) {
      LOG.error("Plugins could not be told what has happened", e);
    }
  }

  private record Waiting(Listening plugin, PluginEvent event) {}

  /** The events of one plugin. */
  private final class Lane {
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final LimitedServices services;
    private final String name;
    private boolean running;

    Lane(String name) {
      this.name = name;
      this.services = new LimitedServices(name, store, permissions, http, clock);
    }

    synchronized void add(Listening plugin, PluginEvent event) {
      if (queue.size() == MOST_WAITING) {
        queue.removeFirst();
        LOG.warn("The plugin {} is too slow: an event was dropped", name);
      }
      queue.addLast(new Waiting(plugin, event));
      if (!running) {
        running = true;
        Thread.ofVirtual().name("plugin-" + name + "-events").start(this::run);
      }
    }

    private void run() {
      for (Waiting next = next(); next != null; next = next()) {
        tell(next);
      }
    }

    private synchronized @Nullable Waiting next() {
      Waiting first = closed ? null : queue.pollFirst();
      running = first != null;
      return first;
    }

    private void tell(Waiting next) {
      if (next.plugin().calls().health().off().isPresent()) {
        return;
      }
      try {
        var _ =
            next.plugin()
                .calls()
                .call(
                    "when it heard of an event",
                    () -> {
                      next.plugin().listener().on(next.event(), services);
                      return true;
                    });
      } catch (PluginFailure e) {
        LOG.warn("The plugin {} {}", name, e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("The plugin {} could not be told of an event", name, e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    http.shutdownNow();
  }
}
