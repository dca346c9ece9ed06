package dev.bandmaster.simulator.workspace;

import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A workspace before anybody has said anything: who is there and where they can talk.
 *
 * @param team the workspace's own team
 * @param people everybody who can type, externals included
 * @param groups the user groups
 * @param channels the channels; direct conversations with the bot come by themselves
 * @param bot the installed app
 * @param enterprise the organization that the workspace belongs to, if it does
 */
public record Workspace(
    Team team,
    List<Person> people,
    List<Group> groups,
    List<Channel> channels,
    Bot bot,
    Optional<Enterprise> enterprise) {
  public Workspace {
    people = List.copyOf(people);
    groups = List.copyOf(groups);
    channels = List.copyOf(channels);
    Checks.distinct("person's id", people, Person::id);
    Checks.distinct("person's name", people, Person::name);
    Checks.distinct("group handle", groups, Group::handle);
    Checks.distinct("channel id", channels, Channel::id);
    Checks.distinct("channel name", channels, Channel::name);
    for (Group group : groups) {
      for (String member : group.members()) {
        if (people.stream().noneMatch(person -> person.id().equals(member))) {
          throw new IllegalArgumentException(
              "The group '" + group.handle() + "' names '" + member + "', who is not a person.");
        }
      }
    }
  }

  /** A workspace of its own. */
  public Workspace(
      Team team, List<Person> people, List<Group> groups, List<Channel> channels, Bot bot) {
    this(team, people, groups, channels, bot, Optional.empty());
  }

  /** The same workspace as one of an organization. */
  public Workspace inEnterprise(Enterprise organization) {
    return new Workspace(team, people, groups, channels, bot, Optional.of(organization));
  }

  /** The same workspace with one more channel. */
  public Workspace with(Channel channel) {
    List<Channel> all = new ArrayList<>(channels);
    all.add(channel);
    return new Workspace(team, people, groups, all, bot, enterprise);
  }

  /** The workspace that newcomers meet: ann, bob, eve and the others. */
  public static Workspace defaults() {
    return DefaultWorkspace.create();
  }

  /**
   * The same people in an organization (Enterprise Grid) with two workspaces, {@code T0BAND} and
   * {@code T0LAB}: ann and bob are in both, and ann has another user id in the organization. There
   * is a channel that another organization hosts, {@code #joint}, and one that the other workspace
   * hosts, {@code #lab}.
   */
  public static Workspace grid() {
    return DefaultWorkspace.grid();
  }

  /**
   * The workspace that a YAML file describes; {@code workspace.yaml} beside this module's sources
   * has every key.
   *
   * @throws dev.bandmaster.yaml.BadConfigException with every mistake in the file
   */
  public static Workspace load(Path file) {
    return StrictYaml.standard().load(file, WorkspaceFile::read).value().workspace();
  }

  /** The same people and channels with another app. */
  public Workspace withBot(Bot other) {
    return new Workspace(team, people, groups, channels, other, enterprise);
  }

  /** The same workspace in which the person with this id is this one. */
  public Workspace with(Person person) {
    return new Workspace(
        team,
        people.stream().map(each -> each.id().equals(person.id()) ? person : each).toList(),
        groups,
        channels,
        bot,
        enterprise);
  }

  /** The same workspace in which the group with this id is this one. */
  public Workspace with(Group group) {
    return new Workspace(
        team,
        people,
        groups.stream().map(each -> each.id().equals(group.id()) ? group : each).toList(),
        channels,
        bot,
        enterprise);
  }

  /** The person with this id or name, a leading {@code @} being allowed. */
  public Optional<Person> person(String idOrName) {
    String plain = idOrName.startsWith("@") ? idOrName.substring(1) : idOrName;
    return people.stream()
        .filter(person ->
            person.id().equals(plain)
                || person.name().equals(plain)
                || person.enterpriseUserId().equals(plain))
        .findFirst();
  }

  /** The person with this user id, in the workspace or in the organization. */
  public Optional<Person> byId(String id) {
    return people.stream()
        .filter(person -> person.id().equals(id) || person.enterpriseUserId().equals(id))
        .findFirst();
  }

  /** The group with this id or handle. */
  public Optional<Group> group(String idOrHandle) {
    return groups.stream()
        .filter(group -> group.id().equals(idOrHandle) || group.handle().equals(idOrHandle))
        .findFirst();
  }
}
