package dev.bandmaster.simulator.workspace;

import dev.bandmaster.simulator.workspace.Channel.Trait;
import dev.bandmaster.simulator.workspace.Person.Standing;
import java.util.List;
import java.util.Set;

/** The workspace that newcomers meet. Its ids are stable: scripts and documents name them. */
final class DefaultWorkspace {
  private static final String TEAM = "T0BAND";
  private static final String OTHER_TEAM = "T0EXT";

  /** What a chat-ops bot asks for when it is installed. */
  private static final Set<String> SCOPES =
      Set.of(
          "app_mentions:read",
          "chat:write",
          "commands",
          "im:history",
          "im:read",
          "im:write",
          "channels:read",
          "channels:history",
          "groups:read",
          "groups:history",
          "users:read",
          "usergroups:read",
          "files:write",
          "files:read",
          "reactions:write",
          "reactions:read");

  private static final Set<String> EVENTS =
      Set.of(
          "app_mention",
          "message.im",
          "app_home_opened",
          "user_change",
          "subteam_members_changed",
          "subteam_updated",
          "channel_shared",
          "channel_unshared");

  private DefaultWorkspace() {}

  static Workspace grid() {
    Workspace plain = create();
    Set<String> both = Set.of(TEAM, "T0LAB");
    Set<String> members = Set.of("U0ANN", "U0BOB", plain.bot().userId());
    return plain
        .with(plain.person("ann").orElseThrow().in(both).withEnterpriseUserId("W0ANN"))
        .with(plain.person("bob").orElseThrow().in(both))
        .with(new Channel("C0LAB", "lab", Set.of(), members, "T0LAB"))
        .with(
            new Channel(
                "C0JOINT",
                "joint",
                Set.of(Trait.SHARED),
                Set.of("U0ANN", "U0BOB", "W0EVE", plain.bot().userId()),
                OTHER_TEAM))
        .inEnterprise(new Enterprise("E0BAND", "Bandmaster Organization", false));
  }

  static Workspace create() {
    Bot bot =
        new Bot(
            "U0BANDMASTER",
            "B0BANDMASTER",
            "A0BANDMASTER",
            "bandmaster",
            "xoxb-simulator-bot-token",
            "xapp-simulator-app-token",
            SCOPES,
            EVENTS,
            Set.of("/bandmaster"));
    List<Person> people =
        List.of(
            new Person("U0ANN", "ann", "Ann Archer", TEAM, Standing.MEMBER),
            new Person("U0BOB", "bob", "Bob Baker", TEAM, Standing.ADMIN),
            new Person("W0EVE", "eve", "Eve Elsewhere", OTHER_TEAM, Standing.EXTERNAL),
            new Person("U0GUS", "gus", "Gus Guest", TEAM, Standing.GUEST),
            new Person("U0DAN", "dan", "Dan Departed", TEAM, Standing.DEACTIVATED));
    List<Group> groups =
        List.of(
            new Group("S0DEVELOPERS", "developers", "Developers", List.of("U0ANN")),
            new Group("S0SRE", "sre", "Site reliability", List.of("U0BOB")));
    List<Channel> channels =
        List.of(
            new Channel("C0OPS", "ops", Set.of(), Set.of("U0ANN", "U0BOB", "U0GUS", bot.userId())),
            new Channel(
                "C0DEPLOYS", "deploys", Set.of(), Set.of("U0ANN", "U0BOB", "U0GUS", bot.userId())),
            new Channel(
                "C0PARTNERS",
                "partners",
                Set.of(Trait.SHARED),
                Set.of("U0ANN", "U0BOB", "W0EVE", "U0GUS", bot.userId())),
            new Channel("C0RANDOM", "random", Set.of(), Set.of("U0ANN", "U0BOB")));
    return new Workspace(
        new Team(TEAM, "Bandmaster Local", "bandmaster-local"), people, groups, channels, bot);
  }
}
