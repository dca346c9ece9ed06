package dev.bandmaster.simulator.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Channel;
import dev.bandmaster.simulator.workspace.Channel.Trait;
import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.workspace.Workspace;
import dev.bandmaster.simulator.world.Conversation.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of the workspace and everything said in them. All methods are safe for use by
 * many threads; what they return is a snapshot. Listeners receive changes in order, on the thread
 * that made the change, and must return at once.
 */
public final class World {
  private final Workspace beginning;
  private final Timestamps timestamps;
  private final Ids ids;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
  private final Views views;
  private volatile Workspace workspace;
  private final Files files = new Files();

  /** A world in which nothing has been said yet. */
  public World(Workspace workspace, Timestamps timestamps, Ids ids) {
    this.beginning = workspace;
    this.workspace = workspace;
    this.timestamps = timestamps;
    this.ids = ids;
    this.views = new Views(ids, this::publish);
    furnish();
  }

  /** Who is there now. */
  public Workspace workspace() {
    return workspace;
  }

  /** The source of identifiers. */
  public Ids ids() {
    return ids;
  }

  /** The modals and home tabs. */
  public Views views() {
    return views;
  }

  /** The uploaded files. */
  public Files files() {
    return files;
  }

  /** Tells {@code listener} of every change from now on. */
  public void listen(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /** Announces a change that needs no state. */
  public void publish(Change change) {
    locked(() -> {
      listeners.forEach(listener -> listener.accept(change));
      return true;
    });
  }

  /** Makes the person with this id this one; false where nothing changed. */
  public boolean change(Person person) {
    return changed(now -> now.with(person), _ -> new Change.PersonChanged(person));
  }

  /** Makes the group with this id this one; false where nothing changed. */
  public boolean change(Group group) {
    return changed(
        now -> now.with(group),
        before -> new Change.GroupChanged(before.group(group.id()).orElseThrow(), group));
  }

  private boolean changed(
      UnaryOperator<Workspace> change, Function<Workspace, Change> announcement) {
    return locked(() -> {
      Workspace before = workspace;
      workspace = change.apply(before);
      boolean differs = !workspace.equals(before);
      if (differs) {
        publish(announcement.apply(before));
      }
      return differs;
    });
  }

  /** Forgets everything that was said, uploaded and opened; people are as they were at first. */
  public void reset() {
    locked(() -> {
      workspace = beginning;
      rooms.clear();
      furnish();
      views.clear();
      files.clear();
      publish(new Change.Reset());
      return true;
    });
  }

  /** All conversations, channels first. */
  public List<Conversation> conversations() {
    return locked(() -> rooms.values().stream().map(Room::snapshot).toList());
  }

  /** The conversation with this id. */
  public Optional<Conversation> conversation(String id) {
    return locked(() -> Optional.ofNullable(rooms.get(id)).map(Room::snapshot));
  }

  /**
   * The conversation that a person or a sloppy client means: an id, a channel name with or without
   * {@code #}, a person's id, or {@code @name} for that person's direct conversation with the bot.
   */
  public Optional<Conversation> resolve(String named) {
    String plain = named.strip();
    Optional<Conversation> byId = conversation(plain);
    if (byId.isPresent()) {
      return byId;
    }
    if (plain.startsWith("@") || plain.startsWith("U") || plain.startsWith("W")) {
      return workspace.person(plain).flatMap(person -> conversation(person.directMessageId()));
    }
    String name = (plain.startsWith("#") ? plain.substring(1) : plain).toLowerCase(Locale.ROOT);
    return conversations().stream()
        .filter(found -> found.kind() != Kind.DIRECT && found.name().equals(name))
        .findFirst();
  }

  /**
   * Everything said in a conversation, oldest first, ephemeral messages included, also those that
   * no client displays.
   */
  public List<Message> messages(String channel) {
    return locked(() -> room(channel).map(Room::messages).orElse(List.of()));
  }

  /** The answers to a message, oldest first, ephemeral messages included. */
  public List<Message> answers(String channel, String parent) {
    return locked(() -> room(channel).map(room -> room.answers(parent)).orElse(List.of()));
  }

  /** The timestamp of the newest message of all conversations, or {@code 0}. */
  public String latest() {
    return locked(() -> rooms.values().stream().map(Room::latest).reduce("0", World::later));
  }

  private static String later(String one, String other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** The message with this timestamp. */
  public Optional<Message> message(String channel, String ts) {
    return locked(() -> room(channel).map(room -> room.get(ts)));
  }

  /** Whether a thread has replies that everybody sees. The first message alone is no thread. */
  public boolean isActiveThread(String channel, String parent) {
    return answers(channel, parent).stream().anyMatch(reply -> reply.ephemeralTo() == null);
  }

  /**
   * Writes a message. The body's {@code ts} is set here. An ephemeral message in a thread that has
   * no replies at this moment is accepted and never displayed, as in Slack.
   *
   * @param ephemeralTo the only person to see it, or null
   */
  public Message post(String channel, ObjectNode body, @Nullable String ephemeralTo) {
    return locked(() -> {
      ObjectNode stamped = body.deepCopy();
      stamped.put("ts", timestamps.next());
      String thread = Json.text(stamped, "thread_ts");
      boolean displayed =
          ephemeralTo == null || thread.isEmpty() || isActiveThread(channel, thread);
      Message message = new Message(channel, stamped, 0, ephemeralTo, displayed);
      existing(channel).put(message);
      publish(new Change.Posted(message));
      return message;
    });
  }

  /** Changes a message in a way people see as an edit; nothing where it is gone. */
  public Optional<Message> edit(String channel, String ts, String by, Consumer<ObjectNode> change) {
    return locked(() ->
        message(channel, ts)
            .map(before -> {
              Message after = before.edited(body -> stampEdit(body, change));
              existing(channel).put(after);
              publish(new Change.Edited(before, after, by));
              return after;
            }));
  }

  /** Lets somebody change a message; where that shows as an edit, it has the time of the edit. */
  private void stampEdit(ObjectNode body, Consumer<ObjectNode> change) {
    change.accept(body);
    if (body.path("edited") instanceof ObjectNode edited) {
      edited.put("ts", timestamps.next());
    }
  }

  /** Takes a message away; false where it was gone already. */
  public boolean delete(String channel, String ts, String by) {
    return locked(() ->
        message(channel, ts)
            .map(message -> {
              existing(channel).remove(message);
              publish(new Change.Deleted(message, by));
              return true;
            })
            .orElse(false));
  }

  /** Takes away a person's ephemeral messages: no client keeps them when it is loaded again. */
  public void reload(String person) {
    locked(() -> {
      for (Room room : rooms.values()) {
        room.messages().stream()
            .filter(message -> person.equals(message.ephemeralTo()))
            .forEach(message -> delete(message.channel(), message.ts(), person));
      }
      return true;
    });
  }

  /** Adds or takes away a reaction; false where nothing changed. */
  public boolean react(Message message, String user, String name, boolean add) {
    return locked(() -> {
      Message before = message(message.channel(), message.ts()).orElse(message);
      Optional<Message> after = Reactions.change(before, user, name, add);
      after.ifPresent(changed -> {
        existing(message.channel()).put(changed);
        publish(new Change.Reacted(changed, user, name, add));
      });
      return after.isPresent();
    });
  }

  /** Brings somebody into a channel; false where they were there already. */
  public boolean join(String channel, String user) {
    return locked(() -> {
      boolean joined = existing(channel).members.add(user);
      if (joined) {
        publish(new Change.Joined(channel, user));
      }
      return joined;
    });
  }

  /** Shares a channel with another organization, or no longer; false where nothing changed. */
  public boolean share(String channel, boolean shared) {
    return locked(() -> {
      Room room = existing(channel);
      boolean differs = room.shared != shared;
      room.shared = shared;
      if (differs) {
        publish(new Change.Shared(channel, shared));
      }
      return differs;
    });
  }

  /** Ends posting in a channel. */
  public void archive(String channel) {
    locked(() -> existing(channel).archived = true);
  }

  private void furnish() {
    for (Channel channel : workspace.channels()) {
      Kind kind = channel.traits().contains(Trait.PRIVATE) ? Kind.PRIVATE : Kind.PUBLIC;
      rooms.put(
          channel.id(),
          new Room(
              channel.id(),
              channel.name(),
              kind,
              channel.traits().contains(Trait.ARCHIVED),
              channel.traits().contains(Trait.SHARED),
              channel.members(),
              channel.host()));
    }
    for (Person person : workspace.people()) {
      String id = person.directMessageId();
      boolean external = person.standing() == Person.Standing.EXTERNAL;
      Set<String> both = Set.of(person.id(), workspace.bot().userId());
      rooms.put(id, new Room(id, person.name(), Kind.DIRECT, false, external, both, ""));
    }
  }

  private Optional<Room> room(String channel) {
    return Optional.ofNullable(rooms.get(channel));
  }

  private Room existing(String channel) {
    return room(channel)
        .orElseThrow(() -> new IllegalArgumentException("There is no conversation " + channel));
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
