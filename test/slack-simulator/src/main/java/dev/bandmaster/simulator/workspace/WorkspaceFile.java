package dev.bandmaster.simulator.workspace;

import dev.bandmaster.model.Nearest;
import dev.bandmaster.simulator.workspace.Channel.Trait;
import dev.bandmaster.simulator.workspace.Person.Standing;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Position;
import dev.bandmaster.yaml.Section;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A workspace as its file writes it: people, groups and channels by name, members named and not
 * numbered. What the file leaves out of {@code team} and {@code bot} is as in the default
 * workspace.
 */
record WorkspaceFile(
    Team team,
    Bot bot,
    Map<String, PersonEntry> people,
    Map<String, GroupEntry> groups,
    Map<String, ChannelEntry> channels,
    Optional<Enterprise> enterprise) {

  /** Reads the whole file and reports every mistake in it. */
  static WorkspaceFile read(Section section) {
    Workspace usual = Workspace.defaults();
    WorkspaceFile file =
        new WorkspaceFile(
            section
                .section("team", inner -> team(inner, usual.team()), "The workspace's own team.")
                .orDefault(usual.team()),
            section
                .section("bot", inner -> bot(inner, usual.bot()), "The installed app.")
                .orDefault(usual.bot()),
            section
                .map("people", Kinds.section(PersonEntry::read), "The people, by name.")
                .required(),
            section
                .map("groups", Kinds.section(GroupEntry::read), "The user groups, by handle.")
                .orDefault(Map.of()),
            section
                .map("channels", Kinds.section(ChannelEntry::read), "The channels, by name.")
                .required(),
            section
                .section(
                    "enterprise",
                    WorkspaceFile::enterprise,
                    "The organization (Enterprise Grid) of the workspace.")
                .optional());
    file.check(section);
    return file;
  }

  /** The workspace that a file without mistakes describes. */
  Workspace workspace() {
    List<Person> everybody = new ArrayList<>();
    people.forEach((name, entry) ->
        everybody.add(
            new Person(
                entry.id(),
                name,
                entry.realName().isEmpty() ? name : entry.realName(),
                entry.team().isEmpty() ? team.id() : entry.team(),
                entry.standing(),
                Set.copyOf(entry.teams()),
                entry.enterpriseId().isEmpty() ? entry.id() : entry.enterpriseId())));
    Map<String, String> ids = ids();
    List<Group> all = new ArrayList<>();
    groups.forEach((handle, entry) -> {
      String shown = entry.name().isEmpty() ? handle : entry.name();
      all.add(
          new Group(entry.id(), handle, shown, entry.members().stream().map(ids::get).toList()));
    });
    List<Channel> rooms = new ArrayList<>();
    channels.forEach((name, entry) ->
        rooms.add(
            new Channel(
                entry.id(),
                name,
                entry.traits(),
                Set.copyOf(entry.members().stream().map(ids::get).toList()),
                entry.host())));
    return new Workspace(team, everybody, all, rooms, bot, enterprise);
  }

  private static Team team(Section section, Team usual) {
    return new Team(
        section.text("id", "The team id.").orDefault(usual.id()),
        section.text("name", "The display name.").orDefault(usual.name()),
        section
            .text("domain", "The part of the URL before `.slack.com`.")
            .orDefault(usual.domain()));
  }

  private static Enterprise enterprise(Section section) {
    return new Enterprise(
        slackId(section, "E", "The organization's id."),
        section.text("name", "The display name.").orDefault("Bandmaster Organization"),
        section
            .trueOrFalse("org_wide", "Whether the app is installed for the whole organization.")
            .orDefault(false));
  }

  private static Bot bot(Section section, Bot usual) {
    return new Bot(
        section.text("user_id", "The bot's user id.").orDefault(usual.userId()),
        section.text("bot_id", "The bot id in its messages.").orDefault(usual.botId()),
        section.text("app_id", "The app's id.").orDefault(usual.appId()),
        section.name("name", "The handle, typed after `@`.").orDefault(usual.name()),
        section
            .text("bot_token", "The bot token.")
            .where(token -> token.startsWith("xoxb-"), "must begin with xoxb-")
            .orDefault(usual.botToken()),
        section
            .text("app_token", "The app-level token for Socket Mode.")
            .where(token -> token.startsWith("xapp-"), "must begin with xapp-")
            .orDefault(usual.appToken()),
        words(section, "scopes", "The scopes granted to the bot token.", usual.scopes()),
        words(section, "events", "The subscribed events.", usual.events()),
        words(
            section,
            "commands",
            "The slash commands, each including the slash.",
            usual.commands()));
  }

  private static Set<String> words(
      Section section, String key, String description, Set<String> usual) {
    return Set.copyOf(
        section.list(key, Kinds.text(), description).orDefault(List.copyOf(usual)).stream()
            .distinct()
            .toList());
  }

  private Map<String, String> ids() {
    Map<String, String> ids = new HashMap<>();
    people.forEach((name, entry) -> ids.put(name, entry.id()));
    ids.put(bot.name(), bot.userId());
    return ids;
  }

  private void check(Section section) {
    if (people.isEmpty()) {
      return; // they could not be read; that is reported, and their absence elsewhere is noise
    }
    people.forEach((name, entry) -> {
      if (!name.equals(name.toLowerCase(Locale.ROOT))) {
        section.refuseAt(entry.position(), "the person's name '" + name + "' must be lower case");
      }
      if (name.equals(bot.name())) {
        section.refuseAt(entry.position(), "'" + name + "' is already the bot's name");
      }
    });
    // A person's conversation with the bot takes its id from the person's, without the first letter
    distinct(section, "person", people, entry -> entry.id().substring(1), PersonEntry::position);
    distinct(section, "group", groups, GroupEntry::id, GroupEntry::position);
    distinct(section, "channel", channels, ChannelEntry::id, ChannelEntry::position);
    groups
        .values()
        .forEach(group -> known(section, group.members(), group.membersAt(), people.keySet()));
    channels
        .values()
        .forEach(channel -> known(section, channel.members(), channel.membersAt(), ids().keySet()));
  }

  private static <T> void distinct(
      Section section,
      String what,
      Map<String, T> entries,
      Function<T, String> id,
      Function<T, Position> position) {
    Map<String, String> first = new HashMap<>();
    entries.forEach((name, entry) -> {
      String earlier = first.putIfAbsent(id.apply(entry), name);
      if (earlier != null) {
        section.refuseAt(
            position.apply(entry),
            "the %s '%s' has the same id as '%s'; ids must be unique"
                .formatted(what, name, earlier));
      }
    });
  }

  private static void known(Section section, List<String> members, Position at, Set<String> names) {
    for (String member : members) {
      if (!names.contains(member)) {
        section.refuseAt(
            at, "there is no person named '" + member + "'" + Nearest.hint(member, names));
      }
    }
  }

  /**
   * An id as Slack makes them.
   *
   * @param letters the letters it may begin with, as a person reads them
   */
  private static String slackId(Section section, String letters, String description) {
    String pattern = "[" + letters.replace(" or ", "") + "][A-Z0-9]+";
    return section
        .field(
            "id",
            Kinds.text("an id that begins with " + letters, id -> id.matches(pattern)),
            description)
        .required();
  }

  /** A person; an empty real name is the name, an empty team the workspace's own. */
  record PersonEntry(
      String id,
      String realName,
      String team,
      Standing standing,
      List<String> teams,
      String enterpriseId,
      Position position) {
    PersonEntry {
      teams = List.copyOf(teams);
    }

    static PersonEntry read(Section section) {
      return new PersonEntry(
          slackId(
              section,
              "U or W",
              "The user id; people from other organizations usually have `W` ids."),
          section.text("real_name", "The display name.").orDefault(""),
          section.text("team", "The person's team, if it differs.").orDefault(""),
          section
              .field("standing", Kinds.choice(Standing.class), "The account type.")
              .orDefault(Standing.MEMBER),
          section
              .list(
                  "teams",
                  Kinds.text(),
                  "The workspaces of the organization that the person belongs to.")
              .orDefault(List.of())
              .stream()
              .distinct()
              .toList(),
          section.text("enterprise_id", "The user id in the organization.").orDefault(""),
          section.position());
    }
  }

  /** A group; an empty name is the handle. */
  record GroupEntry(
      String id, String name, List<String> members, Position membersAt, Position position) {
    GroupEntry {
      members = List.copyOf(members);
    }

    static GroupEntry read(Section section) {
      return new GroupEntry(
          slackId(section, "S", "The group id."),
          section.text("name", "The display name.").orDefault(""),
          section.list("members", Kinds.name(), "The names of its members.").orDefault(List.of()),
          section.position("members"),
          section.position());
    }
  }

  /** A channel. */
  record ChannelEntry(
      String id,
      Set<Trait> traits,
      List<String> members,
      Position membersAt,
      String host,
      Position position) {
    ChannelEntry {
      traits = Set.copyOf(traits);
      members = List.copyOf(members);
    }

    static ChannelEntry read(Section section) {
      return new ChannelEntry(
          slackId(section, "C or G", "The channel id."),
          traits(section),
          section
              .list(
                  "members",
                  Kinds.name(),
                  "The names of its members, optionally including the bot.")
              .orDefault(List.of()),
          section.position("members"),
          section.text("host", "The team that created it, if it differs.").orDefault(""),
          section.position());
    }

    private static Set<Trait> traits(Section section) {
      Set<Trait> traits = EnumSet.noneOf(Trait.class);
      if (section.trueOrFalse("private", "Whether it is private.").orDefault(false)) {
        traits.add(Trait.PRIVATE);
      }
      if (section.trueOrFalse("archived", "Whether it is archived.").orDefault(false)) {
        traits.add(Trait.ARCHIVED);
      }
      if (section
          .trueOrFalse("shared", "Whether it is shared with other organizations.")
          .orDefault(false)) {
        traits.add(Trait.SHARED);
      }
      return traits;
    }
  }
}
