package dev.bandmaster.simulator.api;

import dev.bandmaster.simulator.world.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Hands out trigger ids and takes each back once, within its short life. Safe for many threads. */
public final class Triggers {
  /** How long a trigger id may be used, according to Slack's documentation. */
  private static final Duration LIFE = Duration.ofSeconds(3);

  /** How long an old one is remembered, so that its refusal can say that it is too old. */
  private static final Duration MEMORY = Duration.ofMinutes(5);

  private final Ids ids;
  private final InstantSource clock;
  private final Map<String, Trigger> triggers = new HashMap<>();

  private record Trigger(String user, Instant until, boolean used) {}

  /** Draws ids from {@code ids} and ages them by {@code clock}. */
  public Triggers(Ids ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** A new trigger id for something this person did. */
  public synchronized String issue(String user) {
    Instant now = clock.instant();
    triggers.values().removeIf(trigger -> trigger.until().plus(MEMORY).isBefore(now));
    String id = now.getEpochSecond() + "." + now.getNano() / 1_000 + "." + ids.next("");
    triggers.put(id, new Trigger(user, now.plus(LIFE), false));
    return id;
  }

  /** The person whose trigger this is; the call is refused where it is unknown, used or too old. */
  synchronized String exchange(String id) {
    Trigger trigger = triggers.get(id);
    if (trigger == null) {
      throw new ApiRefusal("invalid_trigger_id");
    }
    if (trigger.used()) {
      throw new ApiRefusal("exchanged_trigger_id");
    }
    if (clock.instant().isAfter(trigger.until())) {
      throw new ApiRefusal("expired_trigger_id");
    }
    triggers.put(id, new Trigger(trigger.user(), trigger.until(), true));
    return trigger.user();
  }
}
