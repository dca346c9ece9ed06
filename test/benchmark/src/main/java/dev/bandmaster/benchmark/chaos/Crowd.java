package dev.bandmaster.benchmark.chaos;

import dev.bandmaster.simulator.workspace.Group;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.workspace.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** People who may do everything, enough of them that no one's conversation is a bottleneck. */
final class Crowd {
  private static final int SIZE = 12;

  private Crowd() {}

  static List<String> names() {
    return IntStream.rangeClosed(1, SIZE).mapToObj("op%02d"::formatted).toList();
  }

  /** The usual workspace with these people in it, all of them in the group {@code sre}. */
  static Workspace workspace() {
    Workspace usual = Workspace.defaults();
    List<Person> people = new ArrayList<>(usual.people());
    List<String> members = new ArrayList<>();
    for (String name : names()) {
      String id = "U0" + name.toUpperCase(Locale.ROOT);
      members.add(id);
      people.add(new Person(id, name, name, usual.team().id(), Person.Standing.MEMBER));
    }
    List<Group> groups =
        usual.groups().stream()
            .map(group -> group.handle().equals("sre") ? group.withMembers(members) : group)
            .toList();
    return new Workspace(usual.team(), people, groups, usual.channels(), usual.bot());
  }
}
