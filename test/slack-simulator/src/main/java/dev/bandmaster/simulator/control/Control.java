package dev.bandmaster.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Change;
import dev.bandmaster.simulator.world.Composer;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.View;
import dev.bandmaster.simulator.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What people do with messages, and what they see. Wrong names end in an {@link
 * IllegalArgumentException} whose message says what there is. Safe for use by many threads.
 */
public final class Control {
  private final World world;
  private final Shapes shapes;
  private final Composer composer;
  private final People people;
  private final Changes changes = new Changes();

  /** Acts in {@code world}. */
  public Control(World world, Shapes shapes) {
    this.world = world;
    this.shapes = shapes;
    this.composer = new Composer(world.workspace());
    this.people = new People(world);
    world.listen(_ -> changes.signal());
  }

  /** The id of the conversation that a person means by a name. */
  public String channelId(String as, String channel) {
    return people.placeOf(people.acting(as), channel).id();
  }

  /**
   * A person says something.
   *
   * @param typed what is typed; mentions, channels and host names become what clients send
   * @param threadTs the thread to answer in, or null
   * @return the message's timestamp
   */
  public String say(String as, String channel, String typed, @Nullable String threadTs) {
    return post(as, channel, composer.compose(typed), threadTs);
  }

  /** A person's client sends exactly this text, mark-up included. */
  public String sayRaw(String as, String channel, String text, @Nullable String threadTs) {
    return post(as, channel, new Composer.Composed(text, Json.array()), threadTs);
  }

  /** A person changes what they said before. */
  public void edit(String as, String channel, String ts, String typed) {
    Person person = people.acting(as);
    Conversation place = people.placeOf(person, channel);
    own(person, place, ts);
    Composer.Composed composed = composer.compose(typed);
    world.edit(
        place.id(),
        ts,
        person.id(),
        body -> {
          body.put("text", composed.text());
          body.set("blocks", composed.blocks());
          body.putObject("edited").put("user", person.id()).put("ts", ts);
        });
  }

  /** A person takes back what they said. */
  public void delete(String as, String channel, String ts) {
    Person person = people.acting(as);
    Conversation place = people.placeOf(person, channel);
    own(person, place, ts);
    world.delete(place.id(), ts, person.id());
  }

  /** An administrator takes away what anybody said, the bot too. */
  public void remove(String as, String channel, String ts) {
    Person person = people.acting(as);
    world.delete(people.placeOf(person, channel).id(), ts, person.id());
  }

  /** An administrator archives a channel: nobody can post there any more. */
  public void archive(String channel) {
    world.archive(people.place(channel).id());
  }

  /** Shares a channel with another organization, or no longer; false where nothing changed. */
  public boolean share(String channel, boolean shared) {
    return world.share(people.place(channel).id(), shared);
  }

  /**
   * A person reacts to a message, or takes the reaction back.
   *
   * @return whether anything changed
   */
  public boolean react(String as, String channel, String ts, String name, boolean add) {
    Person person = people.acting(as);
    Conversation place = people.placeOf(person, channel);
    return world.react(message(place, ts), person.id(), name.replace(":", ""), add);
  }

  /** Brings a person or the bot into a channel; false where they were there already. */
  public boolean invite(String channel, String who) {
    Bot bot = world.workspace().bot();
    String plain = who.startsWith("@") ? who.substring(1) : who;
    boolean isBot = plain.equals(bot.name()) || plain.equals(bot.userId());
    String id = isBot ? bot.userId() : people.acting(plain).id();
    return world.join(people.place(channel).id(), id);
  }

  /** A person looks at the app's home tab or messages tab. */
  public void openHome(String as, String tab) {
    world.publish(new Change.HomeOpened(people.actor(as).userId(), tab));
  }

  /**
   * The messages of a conversation, oldest first.
   *
   * @param threadTs shows this thread with its first message; null shows the conversation itself
   * @param as leaves out what this person cannot see; null shows what anybody sees
   */
  public List<SeenMessage> messages(
      String channel, @Nullable String threadTs, @Nullable String as) {
    Optional<Person> viewer = Optional.ofNullable(as).map(people::acting);
    Conversation place =
        viewer
            .map(person -> people.placeOf(person, channel))
            .orElseGet(() -> people.place(channel));
    return world.messages(place.id()).stream()
        .filter(message ->
            viewer.map(person -> message.visibleTo(person.id())).orElse(message.displayed()))
        .filter(message -> threadTs == null ? message.isTopLevel() : inThread(message, threadTs))
        .map(message -> seen(message, place))
        .toList();
  }

  /** Everything that somebody sees in a conversation, replies in threads included, oldest first. */
  public List<SeenMessage> everything(String channel) {
    return all(people.place(channel), true);
  }

  /**
   * What was accepted in a conversation and no client displays: ephemeral messages in threads that
   * had no replies. The one that such a message is for has seen nothing.
   */
  public List<SeenMessage> hidden(String channel) {
    return all(people.place(channel), false);
  }

  /** The same in all conversations. A test may end with the claim that there is none. */
  public List<SeenMessage> hidden() {
    return world.conversations().stream().flatMap(place -> all(place, false).stream()).toList();
  }

  private List<SeenMessage> all(Conversation place, boolean displayed) {
    return world.messages(place.id()).stream()
        .filter(message -> message.displayed() == displayed)
        .map(message -> seen(message, place))
        .toList();
  }

  /** A person loads their client again: ephemeral messages do not survive that. */
  public void reload(String as) {
    world.reload(people.acting(as).id());
  }

  /**
   * Waits for a message.
   *
   * @param within how long to wait at most
   * @return the first message of the conversation, threads included, that is {@code wanted}
   */
  public Optional<SeenMessage> await(
      String channel, Predicate<SeenMessage> wanted, Duration within) {
    return changes.await(() -> everything(channel).stream().filter(wanted).findFirst(), within);
  }

  /** Waits for a modal on a person's screen; its id, or nothing where none was opened in time. */
  public Optional<String> awaitModal(String as, Duration within) {
    String person = people.acting(as).id();
    return changes.await(
        () -> world.views().stack(person).stream().map(View::id).findFirst(), within);
  }

  private String post(
      String as, String channel, Composer.Composed composed, @Nullable String threadTs) {
    Actor actor = people.actor(as);
    Conversation place = people.placeOf(actor.person(), channel);
    if (place.archived()) {
      throw new IllegalArgumentException(
          People.title(place) + " is archived and accepts no messages.");
    }
    ObjectNode body = Json.object();
    body.put("client_msg_id", world.ids().uuid());
    body.put("type", "message");
    body.put("user", actor.userId());
    body.put("text", composed.text());
    body.put("team", actor.team());
    if (actor.elsewhere()) {
      body.put("user_team", actor.team());
      body.put("source_team", actor.team());
    }
    ArrayNode blocks = composed.blocks();
    if (!blocks.isEmpty()) {
      body.set("blocks", blocks);
    }
    if (threadTs != null && !threadTs.isBlank()) {
      Message parent = message(place, threadTs);
      body.put("thread_ts", parent.threadTs().orElse(parent.ts()));
    }
    return world.post(place.id(), body, null).ts();
  }

  private void own(Person person, Conversation place, String ts) {
    String author = message(place, ts).user();
    if (!author.equals(person.id()) && !author.equals(person.enterpriseUserId())) {
      throw new IllegalArgumentException(
          "The message "
              + ts
              + " is not "
              + person.name()
              + "'s; people can change only their own messages.");
    }
  }

  private Message message(Conversation place, String ts) {
    return world
        .message(place.id(), ts)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no message " + ts + " in " + People.title(place) + "."));
  }

  private static boolean inThread(Message message, String threadTs) {
    return message.ts().equals(threadTs) || message.threadTs().filter(threadTs::equals).isPresent();
  }

  private SeenMessage seen(Message message, Conversation place) {
    ObjectNode json = shapes.message(message, place);
    json.put("channel", message.channel());
    json.put("edits", message.edits());
    String alias = Json.text(json, "username");
    json.put("user_name", alias.isEmpty() ? name(message.user()) : alias);
    if (message.ephemeralTo() != null) {
      json.put("ephemeral_to", message.ephemeralTo());
    }
    for (String list : List.of("blocks", "reactions", "files")) {
      if (!json.has(list)) {
        json.putArray(list);
      }
    }
    for (JsonNode file : json.path("files")) {
      ((ObjectNode) file).put("content_url", "/_sim/files/" + Json.text(file, "id"));
    }
    return SeenMessage.of(json);
  }

  private String name(String id) {
    Bot bot = world.workspace().bot();
    return id.equals(bot.userId())
        ? bot.name()
        : world.workspace().person(id).map(Person::name).orElse("slackbot");
  }
}
