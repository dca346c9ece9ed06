package dev.bandmaster.engine.hooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.core.fleet.NodeRecord;
import dev.bandmaster.core.fleet.NodeState;
import dev.bandmaster.core.fleet.NodeTransition;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Hooks;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.engine.hooks.Hook.NodeChange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which programs have to be run because of what was concluded of a node. */
public record HookCalls(List<Hook> hooks) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public HookCalls {
    hooks = List.copyOf(hooks);
  }

  /** What is to be kept together with the conclusion. */
  public List<Change> with(NodeTransition transition, Instant now) {
    Optional<NodeRecord> after = transition.after();
    Optional<NodeChange> happening = happening(transition);
    if (hooks.isEmpty() || after.isEmpty() || happening.isEmpty()) {
      return List.of();
    }
    String event = event(happening.get(), after.get(), now);
    return hooks.stream()
        .filter(hook -> hook.isFor(happening.get(), after.get().environment()))
        .<Change>map(hook ->
            new Change.RequestHook(
                new Hooks.Call(Ids.next(now), hook.name(), transition.node(), event, now)))
        .toList();
  }

  private static Optional<NodeChange> happening(NodeTransition transition) {
    Optional<NodeState> before = transition.before().map(NodeRecord::state);
    NodeState now = transition.after().map(NodeRecord::state).orElse(NodeState.LEFT);
    return switch (now) {
      case UP, LATE, ZOMBIE ->
          before.filter(HookCalls::isThere).isPresent()
              ? Optional.empty()
              : Optional.of(NodeChange.JOIN);
      case LEFT ->
          before.filter(state -> isThere(state) || state == NodeState.DOWN).isPresent()
              ? Optional.of(NodeChange.LEAVE)
              : Optional.empty();
      case DOWN ->
          before.filter(state -> state == NodeState.DOWN).isPresent()
              ? Optional.empty()
              : Optional.of(NodeChange.FAILED);
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
  private static String name(NodeChange happening) {
    return switch (happening) {
      case JOIN -> "join";
      case LEAVE -> "leave";
      case FAILED -> "failed";
    };
  }

  private static String event(NodeChange happening, NodeRecord node, Instant now) {
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
