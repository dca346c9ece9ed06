package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Addresses that answer one click or slash command: five answers within half an hour. */
public final class ResponseUrls {
  /** How often an address may be used, according to Slack's documentation. */
  private static final int USES = 5;

  /** How long it may be used, according to Slack's documentation. */
  private static final Duration LIFE = Duration.ofMinutes(30);

  private final World world;
  private final Drafts drafts;
  private final Supplier<String> base;
  private final InstantSource clock;
  private final Map<String, Target> targets = new HashMap<>();

  private record Target(
      String channel, String user, @Nullable String messageTs, Instant until, int uses) {
    Target usedOnce() {
      return new Target(channel, user, messageTs, until, uses - 1);
    }
  }

  /** What a post to an address is answered with. */
  public sealed interface Outcome {
    /** It was done. */
    record Done() implements Outcome {}

    /** It was not done; the reason is Slack's word for it. */
    record Refused(String error, ObjectNode body) implements Outcome {}
  }

  /** Makes addresses that begin with {@code base}. */
  public ResponseUrls(World world, Shapes shapes, Supplier<String> base, InstantSource clock) {
    this.world = world;
    this.drafts = new Drafts(world, shapes);
    this.base = base;
    this.clock = clock;
  }

  /**
   * A new address.
   *
   * @param messageTs the message whose button was clicked, or null for a slash command
   */
  public synchronized String issue(String channel, String user, @Nullable String messageTs) {
    Instant now = clock.instant();
    targets.values().removeIf(target -> target.until().isBefore(now));
    String id = world.ids().next("R") + world.ids().next("");
    targets.put(id, new Target(channel, user, messageTs, now.plus(LIFE), USES));
    return base.get() + "/response/" + id;
  }

  /** Carries out what was posted to the address with this id. */
  public Outcome post(String id, Arguments arguments) {
    try {
      carryOut(use(id), arguments);
      return new Outcome.Done();
    } catch (ApiRefusal refusal) {
      return new Outcome.Refused(refusal.error(), refusal.body());
    }
  }

  /** Shows what a slash command's acknowledgement carried; nothing where it breaks a rule. */
  public Outcome inline(String channel, String user, ObjectNode payload) {
    try {
      carryOut(new Target(channel, user, null, clock.instant(), 1), new Arguments(payload));
      return new Outcome.Done();
    } catch (ApiRefusal refusal) {
      return new Outcome.Refused(refusal.error(), refusal.body());
    }
  }

  private synchronized Target use(String id) {
    Target target = targets.get(id);
    if (target == null || clock.instant().isAfter(target.until())) {
      throw new ApiRefusal("expired_url");
    }
    if (target.uses() == 0) {
      throw new ApiRefusal("used_url");
    }
    targets.put(id, target.usedOnce());
    return target;
  }

  private void carryOut(Target target, Arguments arguments) {
    String bot = world.workspace().bot().userId();
    Optional<Message> original =
        Optional.ofNullable(target.messageTs()).flatMap(ts -> world.message(target.channel(), ts));
    if (arguments.flag("delete_original")) {
      original.ifPresent(message -> world.delete(target.channel(), message.ts(), bot));
    } else if (arguments.flag("replace_original") && original.isPresent()) {
      ObjectNode draft = drafts.message(arguments);
      world.edit(
          target.channel(),
          original.get().ts(),
          bot,
          body -> {
            body.remove("blocks");
            body.setAll(draft);
          });
    } else {
      answer(target, arguments);
    }
  }

  private void answer(Target target, Arguments arguments) {
    boolean toAll = arguments.text("response_type").equals("in_channel");
    ObjectNode draft = drafts.message(arguments);
    String thread = arguments.text("thread_ts");
    if (!thread.isEmpty()) {
      draft.put("thread_ts", thread);
    }
    if (!toAll) {
      draft.put("is_ephemeral", true);
    }
    world.post(target.channel(), draft, toAll ? null : target.user());
  }
}
