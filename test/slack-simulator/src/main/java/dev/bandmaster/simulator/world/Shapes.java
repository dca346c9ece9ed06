package dev.bandmaster.simulator.world;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.workspace.Bot;
import dev.bandmaster.simulator.workspace.Enterprise;
import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.workspace.Person.Standing;
import dev.bandmaster.simulator.world.Conversation.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** People, channels, files and messages in the shapes Slack's API gives them. */
public final class Shapes {
  /** When everything in the workspace was created: 2026-01-01, in seconds since 1970. */
  private static final long CREATED = 1_767_225_600;

  private static final String COLOURS = "4bbe2e9f69e7e7392d3c989f674b1b";
  private static final int COLOUR_LENGTH = 6;

  private final World world;
  private final Supplier<String> base;

  /**
   * Shapes for {@code world}; {@code base} is the simulator's address without a slash at the end.
   */
  public Shapes(World world, Supplier<String> base) {
    this.world = world;
    this.base = base;
  }

  /** A user object. */
  public ObjectNode user(Person person) {
    Standing standing = person.standing();
    boolean guest = standing == Standing.GUEST || standing == Standing.SINGLE_CHANNEL_GUEST;
    ObjectNode user = account(person.id(), person.teamId(), person.name(), person.realName());
    user.put("deleted", standing == Standing.DEACTIVATED);
    user.put("is_admin", standing == Standing.ADMIN);
    user.put("is_owner", false);
    user.put("is_primary_owner", false);
    user.put("is_restricted", guest);
    user.put("is_ultra_restricted", standing == Standing.SINGLE_CHANNEL_GUEST);
    user.put("is_bot", false);
    user.put("is_app_user", false);
    if (standing == Standing.EXTERNAL) {
      user.put("is_stranger", true);
    } else {
      world
          .workspace()
          .enterprise()
          .ifPresent(enterprise -> user.set("enterprise_user", enterpriseUser(person, enterprise)));
    }
    return user;
  }

  private ObjectNode enterpriseUser(Person person, Enterprise enterprise) {
    ObjectNode user = Json.object();
    user.put("id", person.enterpriseUserId());
    user.put("enterprise_id", enterprise.id());
    user.put("enterprise_name", enterprise.name());
    user.put("is_admin", false);
    user.put("is_owner", false);
    Set<String> teams = new TreeSet<>(person.teams());
    if (teams.isEmpty()) {
      teams.add(world.workspace().team().id());
    }
    user.set("teams", Json.strings(teams));
    return user;
  }

  /** The bot's user object. */
  public ObjectNode botUser() {
    Bot bot = world.workspace().bot();
    ObjectNode user = account(bot.userId(), world.workspace().team().id(), bot.name(), bot.name());
    user.put("deleted", false);
    user.put("is_admin", false);
    user.put("is_owner", false);
    user.put("is_primary_owner", false);
    user.put("is_restricted", false);
    user.put("is_ultra_restricted", false);
    user.put("is_bot", true);
    user.put("is_app_user", false);
    ((ObjectNode) user.path("profile")).put("bot_id", bot.botId()).put("api_app_id", bot.appId());
    return user;
  }

  /** A channel object as the bot sees it. */
  public ObjectNode channel(Conversation conversation) {
    ObjectNode channel = Json.object();
    String team = world.workspace().team().id();
    String bot = world.workspace().bot().userId();
    Kind kind = conversation.kind();
    channel.put("id", conversation.id());
    channel.put("created", CREATED);
    channel.put("is_archived", conversation.archived());
    channel.put("is_im", kind == Kind.DIRECT);
    channel.put("is_org_shared", false);
    channel.put("context_team_id", team);
    channel.put("updated", CREATED * 1_000);
    if (kind == Kind.DIRECT) {
      String person =
          conversation.members().stream().filter(id -> !id.equals(bot)).findFirst().orElse("");
      channel.put("user", person);
      channel.put("is_user_deleted", false);
      channel.put("priority", 0);
      channel.put("is_open", true);
    } else {
      channel.put("name", conversation.name());
      channel.put("name_normalized", conversation.name());
      channel.put("is_channel", kind == Kind.PUBLIC);
      channel.put("is_group", kind == Kind.PRIVATE);
      channel.put("is_mpim", false);
      channel.put("is_private", kind == Kind.PRIVATE);
      channel.put("is_general", false);
      channel.put("is_member", conversation.members().contains(bot));
      channel.put("creator", bot);
      channel.put("num_members", conversation.members().size());
      channel.set("topic", note());
      channel.set("purpose", note());
    }
    channel.put("is_shared", conversation.shared());
    channel.put("is_ext_shared", conversation.shared());
    channel.put("is_pending_ext_shared", false);
    String own = world.workspace().team().id();
    channel.put("context_team_id", own);
    if (!conversation.host().isEmpty()) {
      channel.put("is_shared", true);
      channel.put("is_org_shared", !conversation.shared());
      channel.put("conversation_host_id", conversation.host());
      channel.set("shared_team_ids", Json.strings(new TreeSet<>(Set.of(own, conversation.host()))));
    }
    return channel;
  }

  /** A user group object. */
  public ObjectNode group(Group group) {
    ObjectNode shape = Json.object();
    shape.put("id", group.id());
    shape.put("team_id", world.workspace().team().id());
    shape.put("is_usergroup", true);
    shape.put("name", group.name());
    shape.put("description", "");
    shape.put("handle", group.handle());
    shape.put("is_external", false);
    shape.put("date_create", CREATED);
    shape.put("date_update", CREATED);
    shape.put("date_delete", 0);
    shape.set("users", Json.strings(group.members()));
    shape.put("user_count", group.members().size());
    return shape;
  }

  /** What a bot's messages say about it. */
  public ObjectNode botProfile() {
    Bot bot = world.workspace().bot();
    ObjectNode profile = Json.object();
    profile.put("id", bot.botId());
    profile.put("app_id", bot.appId());
    profile.put("user_id", bot.userId());
    profile.put("name", bot.name());
    profile.put("deleted", false);
    profile.put("updated", CREATED);
    profile.put("team_id", world.workspace().team().id());
    profile.set("icons", Json.object());
    return profile;
  }

  /** A file object. */
  public ObjectNode file(StoredFile file) {
    ObjectNode shape = Json.object();
    String path = world.workspace().team().id() + "-" + file.id();
    shape.put("id", file.id());
    shape.put("created", file.created().getEpochSecond());
    shape.put("timestamp", file.created().getEpochSecond());
    shape.put("name", file.name());
    shape.put("title", file.title());
    shape.put("mimetype", file.mimeType());
    shape.put("filetype", file.type());
    shape.put("pretty_type", file.type());
    shape.put("user", file.owner());
    shape.put("size", file.size());
    shape.put("mode", "hosted");
    shape.put("is_external", false);
    shape.put("is_public", false);
    shape.put("url_private", base.get() + "/files-pri/" + path + "/content");
    shape.put("url_private_download", base.get() + "/files-pri/" + path + "/content");
    shape.put("permalink", base.get() + "/_sim/files/" + file.id());
    ObjectNode open = Json.object();
    ObjectNode closed = Json.object();
    ArrayNode channels = Json.array();
    ArrayNode direct = Json.array();
    file.shares()
        .forEach((channel, ts) -> {
          Kind kind = world.conversation(channel).map(Conversation::kind).orElse(Kind.PUBLIC);
          ObjectNode share = Json.object().put("ts", ts).put("channel_name", channel);
          (kind == Kind.PUBLIC ? open : closed).set(channel, Json.array().add(share));
          (kind == Kind.DIRECT ? direct : channels).add(channel);
        });
    ObjectNode shares = Json.object();
    if (!open.isEmpty()) {
      shares.set("public", open);
    }
    if (!closed.isEmpty()) {
      shares.set("private", closed);
    }
    shape.set("shares", shares);
    shape.set("channels", channels);
    shape.set("ims", direct);
    shape.set("groups", Json.array());
    return shape;
  }

  /** A view object. */
  public ObjectNode view(View view) {
    ObjectNode shape = view.body();
    Bot bot = world.workspace().bot();
    shape.put("id", view.id());
    shape.put("team_id", world.workspace().team().id());
    shape.put("app_id", bot.appId());
    shape.put("app_installed_team_id", world.workspace().team().id());
    shape.put("bot_id", bot.botId());
    shape.put("hash", view.hash());
    shape.put("root_view_id", view.root());
    if (view.previous().isEmpty()) {
      shape.putNull("previous_view_id");
    } else {
      shape.put("previous_view_id", view.previous());
    }
    for (String field : List.of("private_metadata", "callback_id", "external_id")) {
      if (!shape.has(field)) {
        shape.put(field, "");
      }
    }
    for (String field : List.of("clear_on_close", "notify_on_close")) {
      if (!shape.has(field)) {
        shape.put(field, false);
      }
    }
    if (!shape.has("state")) {
      shape.set("state", Json.object().set("values", Json.object()));
    }
    return shape;
  }

  /** A message with what follows from the answers to it. */
  public ObjectNode message(Message message, Conversation conversation) {
    ObjectNode shape = message.body();
    List<Message> replies =
        world.answers(conversation.id(), message.ts()).stream()
            .filter(reply -> reply.ephemeralTo() == null)
            .toList();
    if (!replies.isEmpty()) {
      Set<String> authors = new LinkedHashSet<>();
      replies.forEach(reply -> authors.add(reply.user()));
      shape.put("thread_ts", message.ts());
      shape.put("reply_count", replies.size());
      shape.put("reply_users_count", authors.size());
      shape.set("reply_users", Json.strings(authors));
      shape.put("latest_reply", replies.getLast().ts());
      shape.put("is_locked", false);
      shape.put("subscribed", true);
    } else if (message.isReply()) {
      message
          .threadTs()
          .flatMap(parent -> world.message(message.channel(), parent))
          .ifPresent(parent -> shape.put("parent_user_id", parent.user()));
    } else {
      shape.remove("thread_ts");
    }
    return shape;
  }

  private ObjectNode account(String id, String team, String name, String realName) {
    ObjectNode user = Json.object();
    int colour = Math.floorMod(id.hashCode(), COLOURS.length() / COLOUR_LENGTH) * COLOUR_LENGTH;
    user.put("id", id);
    user.put("team_id", team);
    user.put("name", name);
    user.put("color", COLOURS.substring(colour, colour + COLOUR_LENGTH));
    user.put("real_name", realName);
    user.put("tz", "Etc/UTC");
    user.put("tz_label", "Coordinated Universal Time");
    user.put("tz_offset", 0);
    user.put("updated", CREATED);
    ObjectNode profile = user.putObject("profile");
    profile.put("real_name", realName);
    profile.put("real_name_normalized", realName);
    profile.put("display_name", name);
    profile.put("display_name_normalized", name);
    profile.put("team", team);
    return user;
  }

  private static ObjectNode note() {
    return Json.object().put("value", "").put("creator", "").put("last_set", 0);
  }
}
