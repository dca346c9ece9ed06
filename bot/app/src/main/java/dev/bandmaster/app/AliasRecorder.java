package dev.bandmaster.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Records which ids belong to one person, as soon as a person is identified " + "and before
 * anything is decided by it; so what was stored under another id of theirs is theirs from then on.
 * Outside an organization with many workspaces nobody has a second id, and nothing is kept. Safe
 * for use by many threads.
 */
final class AliasRecorder {

  /** People whose ids are remembered, so that they are written down once. */
  private static final int MOST_REMEMBERED = 10_000;

  private final Store store;
  private final InstantSource clock;
  private final Cache<String, Set<UserRef>> recorded =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

  AliasRecorder(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Records a person's ids, unless already recorded.
   *
   * @return the person
   */
  Person record(Person person) {
    if (!isOurs(person) || person.aliases().isEmpty()) {
      return person;
    }
    String principal = person.sender().principal();
    if (person.aliases().equals(recorded.getIfPresent(principal))) {
      return person;
    }
    Set<String> aliases =
        person.aliases().stream().map(UserRef::principal).collect(Collectors.toSet());
    if (!store.principals().allIds(principal).containsAll(aliases)) {
      store.commit(new Change.JoinPrincipals(principal, aliases, clock.instant()));
    }
    recorded.put(principal, person.aliases());
    return person;
  }

  private static boolean isOurs(Person person) {
    return switch (person.kind()) {
      case MEMBER, GUEST, DEACTIVATED -> true;
      case EXTERNAL, BOT -> false;
    };
  }
}
