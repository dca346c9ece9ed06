package dev.bandmaster.core.approval;

import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Who counts for what. A person counts once, however many requirements they could help to fulfil:
 * "1 of sre and 1 of owners" takes two people, and a person in both groups counts where they are
 * needed.
 */
public final class Electorate {
  private static final int NOBODY = -1;

  private Electorate() {}

  /** The requirements that a person can help to fulfil, by their position. */
  public static Set<Integer> counts(List<Requirement> requirements, Principal person) {
    return IntStream.range(0, requirements.size())
        .filter(at -> requirements.get(at).approvers().grants(person))
        .boxed()
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * How far people go who can each help to fulfil some of the requirements: as many places are
   * taken as possible. A place is given away again where its holder can take another one, as in any
   * matching.
   */
  public static Tally tally(List<Requirement> requirements, List<Set<Integer>> people) {
    List<Integer> places = new ArrayList<>();
    for (int at = 0; at < requirements.size(); at++) {
      for (int i = 0; i < requirements.get(at).count(); i++) {
        places.add(at);
      }
    }
    int[] placeOf = new int[people.size()];
    Arrays.fill(placeOf, NOBODY);
    int[] given = new int[requirements.size()];
    for (int place = 0; place < places.size(); place++) {
      if (take(place, places, people, placeOf, new HashSet<>())) {
        given[places.get(place)]++;
      }
    }
    return new Tally(
        Arrays.stream(given).boxed().toList(),
        requirements.stream().map(Requirement::count).toList());
  }

  /** Finds somebody for a place, from another place if there is somebody else for that one. */
  private static boolean take(
      int place,
      List<Integer> places,
      List<Set<Integer>> people,
      int[] placeOf,
      Set<Integer> asked) {
    for (int person = 0; person < people.size(); person++) {
      if (!people.get(person).contains(places.get(place)) || !asked.add(person)) {
        continue;
      }
      if (placeOf[person] == NOBODY || take(placeOf[person], places, people, placeOf, asked)) {
        placeOf[person] = place;
        return true;
      }
    }
    return false;
  }
}
