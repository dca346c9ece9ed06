package dev.bandmaster.bot.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.bot.node.Flip;
import dev.bandmaster.bot.node.NodeLife;
import dev.bandmaster.bot.node.NodeState;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Hooks;
import dev.bandmaster.bot.store.Ids;
import dev.bandmaster.config.HookConfig;
import dev.bandmaster.config.HookConfig.Happening;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which programs have to be run because of what was concluded of a node. */
public record HookCalls(List<HookConfig> hooks) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public HookCalls {
    hooks = List.copyOf(hooks);
  }

  /** What is to be kept together with the conclusion. */
  public List<Change> with(Flip flip, Instant now) {
    Optional<NodeLife> after = flip.after();
    Optional<Happening> happening = happening(flip);
    if (hooks.isEmpty() || after.isEmpty() || happening.isEmpty()) {
      return List.of();
    }
    String event = event(happening.get(), after.get(), now);
    return hooks.stream()
        .filter(hook -> hook.isFor(happening.get(), after.get().environment()))
        .<Change>map(hook ->
            new Change.HookCalled(
                new Hooks.Call(Ids.next(now), hook.name(), flip.node(), event, now)))
        .toList();
  }

  private static Optional<Happening> happening(Flip flip) {
    Optional<NodeState> before = flip.before().map(NodeLife::state);
    NodeState now = flip.after().map(NodeLife::state).orElse(NodeState.LEFT);
    return switch (now) {
      case UP, LATE, ZOMBIE ->
          before.filter(HookCalls::isThere).isPresent()
              ? Optional.empty()
              : Optional.of(Happening.JOIN);
      case LEFT ->
          before.filter(state -> isThere(state) || state == NodeState.DOWN).isPresent()
              ? Optional.of(Happening.LEAVE)
              : Optional.empty();
      case DOWN ->
          before.filter(state -> state == NodeState.DOWN).isPresent()
              ? Optional.empty()
              : Optional.of(Happening.FAILED);
      case NEW -> Optional.empty();
    };
  }

  private static boolean isThere(NodeState state) {
    return switch (state) {
      case UP, LATE, ZOMBIE -> true;
      case NEW, DOWN, LEFT -> false;
    };
  }

  /** What a program is called with. */
  private static String name(Happening happening) {
    return switch (happening) {
      case JOIN -> "join";
      case LEAVE -> "leave";
      case FAILED -> "failed";
    };
  }

  private static String event(Happening happening, NodeLife node, Instant now) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", name(happening));
    event.put("node", node.node());
    event.put("environment", node.environment());
    event.put("applications", List.copyOf(node.applications()));
    event.put("at", now.toString());
    try {
      return JSON.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("words and lists can be written", e);
    }
  }
}
