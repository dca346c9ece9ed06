package dev.bandmaster.testfleet;

import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.wire.Request;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an emulated node keeps on its disk: it survives a crash. Any thread. */
final class NodeMemory {
  /** How far a request is. */
  enum State {
    ACCEPTED,
    FINISHED,
    REPORTED,
    CANCELLED
  }

  /**
   * A request that the node knows.
   *
   * @param end how it ended, once it has
   */
  record Entry(String request, String replyTo, State state, ReportBody.@Nullable Final end) {}

  private final NodeDescription described;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> versions;
  private final Map<String, String> previous = new HashMap<>();

  NodeMemory(NodeDescription described) {
    this.described = described;
    this.versions = new TreeMap<>(described.apps());
  }

  /** The node as it is at this moment. */
  synchronized EmulatedNode node() {
    return new EmulatedNode(
        new NodeDescription(
            described.node(),
            described.collective(),
            described.env(),
            versions,
            described.roles(),
            described.tags(),
            described.facts(),
            described.capabilities()),
        previous);
  }

  /** Notes a request that will be run; what is known of it when it is known already. */
  synchronized Optional<Entry> accept(Request request) {
    return Optional.ofNullable(
        entries.putIfAbsent(
            request.id(), new Entry(request.id(), request.replyTo(), State.ACCEPTED, null)));
  }

  /** Refuses a request in advance; what is known of it when it is known already. */
  synchronized Optional<Entry> bury(String request) {
    return Optional.ofNullable(
        entries.putIfAbsent(request, new Entry(request, "", State.CANCELLED, null)));
  }

  /** Notes an end, unless there is one. */
  synchronized boolean finish(String request, ReportBody.Final end) {
    Entry entry = entries.get(request);
    if (entry == null || entry.state() != State.ACCEPTED) {
      return false;
    }
    entries.put(request, new Entry(request, entry.replyTo(), State.FINISHED, end));
    return true;
  }

  synchronized void reported(String request) {
    entries.computeIfPresent(
        request, (id, entry) -> new Entry(id, entry.replyTo(), State.REPORTED, entry.end()));
  }

  synchronized List<Entry> in(State state) {
    return entries.values().stream().filter(entry -> entry.state() == state).toList();
  }

  /** Makes a version current; the one before stays as the previous one. */
  synchronized void install(String app, String version) {
    String before = versions.put(app, version);
    if (before != null && !before.equals(version)) {
      previous.put(app, before);
    }
  }
}
