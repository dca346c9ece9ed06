package dev.bandmaster.simulator.world;

import dev.bandmaster.simulator.world.Conversation.Kind;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A conversation that can change. Guarded by the world's lock. */
final class Room {
  final String id;
  final String name;
  final Kind kind;
  boolean archived;
  boolean shared;
  final Set<String> members = new LinkedHashSet<>();
  private final TreeMap<String, Message> messages = new TreeMap<>();

  /** The answers to each message, by its timestamp. */
  private final Map<String, TreeMap<String, Message>> answers = new HashMap<>();

  /** All messages in their order; null since the last of them changed. */
  private @Nullable List<Message> inOrder;

  final String host;

  Room(
      String id,
      String name,
      Kind kind,
      boolean archived,
      boolean shared,
      Set<String> members,
      String host) {
    this.host = host;
    this.id = id;
    this.name = name;
    this.kind = kind;
    this.archived = archived;
    this.shared = shared;
    this.members.addAll(members);
  }

  void put(Message message) {
    messages.put(message.ts(), message);
    parent(message)
        .ifPresent(parent ->
            answers.computeIfAbsent(parent, none -> new TreeMap<>()).put(message.ts(), message));
    inOrder = null;
  }

  void remove(Message message) {
    messages.remove(message.ts());
    parent(message).map(answers::get).ifPresent(thread -> thread.remove(message.ts()));
    inOrder = null;
  }

  private static Optional<String> parent(Message message) {
    return message.isReply() ? message.threadTs() : Optional.empty();
  }

  /** The answers to a message, oldest first. */
  List<Message> answers(String parent) {
    TreeMap<String, Message> thread = answers.get(parent);
    return thread == null ? List.of() : List.copyOf(thread.values());
  }

  @Nullable Message get(String ts) {
    return messages.get(ts);
  }

  /** Everything said, oldest first. */
  List<Message> messages() {
    List<Message> known = inOrder;
    if (known == null) {
      known = List.copyOf(messages.values());
      inOrder = known;
    }
    return known;
  }

  /** The timestamp of the newest message, or empty text where nothing was said. */
  String latest() {
    return messages.isEmpty() ? "" : messages.lastKey();
  }

  Conversation snapshot() {
    return new Conversation(id, name, kind, archived, shared, members, host);
  }
}
