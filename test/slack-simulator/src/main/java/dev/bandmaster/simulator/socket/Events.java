package dev.bandmaster.simulator.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.workspace.Enterprise;
import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.world.Change;
import dev.bandmaster.simulator.world.Conversation;
import dev.bandmaster.simulator.world.Conversation.Kind;
import dev.bandmaster.simulator.world.Json;
import dev.bandmaster.simulator.world.Message;
import dev.bandmaster.simulator.world.Shapes;
import dev.bandmaster.simulator.world.World;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the app what happened: of changes in conversations it is in, the events it subscribed to. A
 * mention in a channel comes twice where it subscribed to both, with different ids.
 */
public final class Events {
  private final World world;
  private final Shapes shapes;
  private final SocketHub hub;
  private final InstantSource clock;

  /** Sends events through {@code hub}. */
  public Events(World world, Shapes shapes, SocketHub hub, InstantSource clock) {
    this.world = world;
    this.shapes = shapes;
    this.hub = hub;
    this.clock = clock;
  }

  /** Hears of a change. */
  public void on(Change change) {
    switch (change) {
      case Change.Posted(Message message) ->
          seenByApp(message).ifPresent(at -> posted(message, at));
      case Change.Edited(Message before, Message after, String _) ->
          seenByApp(after).ifPresent(at -> edited(before, after, at));
      case Change.Deleted(Message message, String _) ->
          seenByApp(message).ifPresent(at -> deleted(message, at));
      case Change.Reacted(Message message, String user, String name, boolean added) ->
          seenByApp(message).ifPresent(at -> reacted(message, user, name, added, at));
      case Change.Joined(String channel, String user) ->
          world.conversation(channel).ifPresent(at -> joined(user, at));
      case Change.HomeOpened(String user, String tab) -> homeOpened(user, tab);
      case Change.Shared(String channel, boolean shared) ->
          world.conversation(channel).ifPresent(at -> shared(at, shared));
      case Change.PersonChanged(Person person) -> userChanged(person);
      case Change.GroupChanged(Group before, Group after) -> groupChanged(before, after);
      case Change.ViewChanged _, Change.Reset _ -> {
        // Modals come to the app as clicks and submissions; a reset is nobody's doing.
      }
    }
  }

  private void posted(Message message, Conversation place) {
    ObjectNode event = shapes.message(message, place);
    event.put("channel", message.channel());
    event.put("event_ts", message.ts());
    world
        .workspace()
        .person(message.user())
        .filter(person -> person.standing() == Person.Standing.EXTERNAL)
        .ifPresent(person -> {
          event.put("user_team", person.teamId());
          event.put("source_team", person.teamId());
          event.set("user_profile", shapes.user(person).path("profile"));
        });
    boolean mentioned =
        mentions(message.text())
            && place.kind() != Kind.DIRECT
            && !message.user().equals(bot().userId());
    if (mentioned) {
      deliver("app_mention", event.deepCopy().put("type", "app_mention"), Optional.of(place));
    }
    event.put("channel_type", place.kind().type());
    deliver(subscription(place), event, Optional.of(place));
  }

  private boolean mentions(String text) {
    String opening = "<@" + bot().userId();
    return text.contains(opening + ">") || text.contains(opening + "|");
  }

  private void edited(Message before, Message after, Conversation place) {
    ObjectNode event = change("message_changed", after, place);
    event.set("message", shapes.message(after, place));
    event.set("previous_message", shapes.message(before, place));
    deliver(subscription(place), event, Optional.of(place));
  }

  private void deleted(Message message, Conversation place) {
    ObjectNode event = change("message_deleted", message, place);
    event.put("deleted_ts", message.ts());
    event.set("previous_message", shapes.message(message, place));
    deliver(subscription(place), event, Optional.of(place));
  }

  private void reacted(
      Message message, String user, String name, boolean added, Conversation place) {
    String type = added ? "reaction_added" : "reaction_removed";
    ObjectNode event = Json.object().put("type", type).put("user", user).put("reaction", name);
    ObjectNode item = event.putObject("item").put("type", "message");
    item.put("channel", message.channel()).put("ts", message.ts());
    event.put("item_user", message.user());
    event.put("event_ts", now());
    deliver(type, event, Optional.of(place));
  }

  private void joined(String user, Conversation place) {
    ObjectNode event = Json.object().put("type", "member_joined_channel").put("user", user);
    event.put("channel", place.id());
    event.put("channel_type", place.kind() == Kind.PRIVATE ? "G" : "C");
    event.put("team", team());
    event.put("event_ts", now());
    deliver("member_joined_channel", event, Optional.of(place));
  }

  private void shared(Conversation place, boolean shared) {
    String type = shared ? "channel_shared" : "channel_unshared";
    ObjectNode event = Json.object().put("type", type).put("channel", place.id());
    if (shared) {
      event.put("connected_team_id", place.host().isEmpty() ? team() : place.host());
    } else {
      event.put("previously_connected_team_id", place.host().isEmpty() ? team() : place.host());
      event.put("is_ext_shared", false);
    }
    event.put("event_ts", now());
    deliver(type, event, Optional.of(place));
  }

  private void homeOpened(String user, String tab) {
    ObjectNode event = Json.object().put("type", "app_home_opened").put("user", user);
    String id = world.workspace().person(user).map(Person::id).orElse(user);
    event.put("channel", "D" + id.substring(1));
    event.put("tab", tab);
    event.put("event_ts", now());
    if (tab.equals("home")) {
      world.views().home(id).ifPresent(view -> event.set("view", shapes.view(view)));
    }
    deliver("app_home_opened", event, Optional.empty());
  }

  private void userChanged(Person person) {
    ObjectNode event = Json.object().put("type", "user_change");
    event.set("user", shapes.user(person));
    event.put("cache_ts", clock.instant().getEpochSecond());
    event.put("event_ts", now());
    deliver("user_change", event, Optional.empty());
  }

  /**
   * A change of members is announced twice, as Slack does: who came and went, and the group again.
   */
  private void groupChanged(Group before, Group after) {
    Set<String> added = new LinkedHashSet<>(after.members());
    before.members().forEach(added::remove);
    Set<String> removed = new LinkedHashSet<>(before.members());
    after.members().forEach(removed::remove);
    long seconds = clock.instant().getEpochSecond();
    if (!added.isEmpty() || !removed.isEmpty()) {
      ObjectNode event = Json.object().put("type", "subteam_members_changed");
      event.put("subteam_id", after.id());
      event.put("team_id", team());
      event.put("date_previous_update", seconds);
      event.put("date_update", seconds);
      event.set("added_users", Json.strings(added));
      event.put("added_users_count", added.size());
      event.set("removed_users", Json.strings(removed));
      event.put("removed_users_count", removed.size());
      event.put("event_ts", now());
      deliver("subteam_members_changed", event, Optional.empty());
    }
    ObjectNode event = Json.object().put("type", "subteam_updated");
    event.set("subteam", shapes.group(after).put("date_update", seconds));
    event.put("event_ts", now());
    deliver("subteam_updated", event, Optional.empty());
  }

  /** Where the message is, if everybody sees it and the app is there to receive it. */
  private Optional<Conversation> seenByApp(Message message) {
    return message.ephemeralTo() != null
        ? Optional.empty()
        : world
            .conversation(message.channel())
            .filter(place -> place.members().contains(bot().userId()));
  }

  private ObjectNode change(String subtype, Message message, Conversation place) {
    String now = now();
    ObjectNode event = Json.object().put("type", "message").put("subtype", subtype);
    event.put("hidden", true);
    event.put("channel", message.channel());
    event.put("channel_type", place.kind().type());
    event.put("ts", now);
    event.put("event_ts", now);
    return event;
  }

  private static String subscription(Conversation place) {
    return switch (place.kind()) {
      case PUBLIC -> "message.channels";
      case PRIVATE -> "message.groups";
      case DIRECT -> "message.im";
    };
  }

  private void deliver(String subscription, ObjectNode event, Optional<Conversation> place) {
    if (!bot().events().contains(subscription)) {
      return;
    }
    ObjectNode payload = Json.object();
    payload.put("token", "simulator");
    Optional<Enterprise> enterprise = world.workspace().enterprise();
    String enterpriseId = enterprise.map(Enterprise::id).orElse(null);
    boolean orgWide = enterprise.filter(Enterprise::orgWide).isPresent();
    payload.put(
        "team_id", place.map(Conversation::host).filter(host -> !host.isEmpty()).orElse(team()));
    if (enterpriseId != null) {
      payload.put("enterprise_id", enterpriseId);
    }
    payload.put("context_team_id", team());
    payload.put("context_enterprise_id", enterpriseId);
    payload.put("api_app_id", bot().appId());
    payload.set("event", event);
    payload.put("type", "event_callback");
    payload.put("event_id", world.ids().next("Ev"));
    payload.put("event_time", clock.instant().getEpochSecond());
    ObjectNode authorisation = payload.putArray("authorizations").addObject();
    authorisation.put("enterprise_id", enterpriseId);
    authorisation.put("team_id", orgWide ? null : team());
    authorisation.put("user_id", bot().userId());
    authorisation.put("is_bot", true);
    authorisation.put("is_enterprise_install", orgWide);
    payload.put("is_ext_shared_channel", place.map(Conversation::shared).orElse(false));
    payload.put("event_context", world.ids().next("4-"));
    hub.send(EnvelopeType.EVENTS_API, payload, false, _ -> {});
  }

  private String now() {
    long millis = clock.millis();
    return String.format(Locale.ROOT, "%d.%06d", millis / 1_000, millis % 1_000 * 1_000);
  }

  private Bot bot() {
    return world.workspace().bot();
  }

  private String team() {
    return world.workspace().team().id();
  }
}
