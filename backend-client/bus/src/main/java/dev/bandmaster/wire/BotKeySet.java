package dev.bandmaster.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All keys of a bot, in the order in which they begin to sign. Several may count at a time, which
 * is how keys are changed without a pause.
 */
public record BotKeySet(List<Entry> entries) {
  /**
   * How long after their end the bot still takes what nodes have written under keys: a node whose
   * clock is behind does not know yet that they have ended.
   */
  public static final Duration GRACE = Duration.ofHours(1);

  /**
   * Keys and the moment from which they sign. Nodes accept them earlier, from {@link
   * BotPublicKeys#from} on, so that a node whose clock is behind refuses nothing.
   */
  public record Entry(BotKeys keys, Instant signsFrom) {
    public String id() {
      return keys.id();
    }

    public Instant until() {
      return keys.publicKeys().until();
    }

    public boolean hasEnded(Instant now) {
      return !now.isBefore(until());
    }
  }

  /**
   * @throws IllegalArgumentException when an id occurs twice
   */
  public BotKeySet {
    entries =
        entries.stream()
            .sorted(Comparator.comparing(Entry::signsFrom).thenComparing(Entry::id))
            .toList();
    Set<String> ids = new HashSet<>();
    for (Entry entry : entries) {
      if (!ids.add(entry.id())) {
        throw new IllegalArgumentException("two key files hold keys with the id " + entry.id());
      }
    }
  }

  /**
   * The keys that sign: of those that have not ended, the ones that began to sign last. Until the
   * first begin, none.
   */
  public Optional<Entry> signing(Instant now) {
    return entries.stream()
        .filter(entry -> !entry.hasEnded(now) && !now.isBefore(entry.signsFrom()))
        .reduce((earlier, later) -> later);
  }

  /** The keys that will sign at a later time. */
  public List<Entry> future(Instant now) {
    return entries.stream().filter(entry -> now.isBefore(entry.signsFrom())).toList();
  }

  public Optional<Entry> find(String id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /** Whether messages that were written under these keys are still taken. */
  public static boolean isTaken(Entry entry, Instant now) {
    return now.isBefore(entry.until().plus(GRACE));
  }

  /**
   * Until when the bot can sign without a gap, with the keys it has; empty if it cannot sign now.
   */
  public Optional<Instant> signsUntil(Instant now) {
    Optional<Instant> end = signing(now).map(Entry::until);
    while (end.isPresent()) {
      Instant covered = end.get();
      Optional<Instant> further =
          entries.stream()
              .filter(entry -> !entry.signsFrom().isAfter(covered))
              .map(Entry::until)
              .filter(until -> until.isAfter(covered))
              .max(Comparator.naturalOrder());
      if (further.isEmpty()) {
        break;
      }
      end = further;
    }
    return end;
  }

  /** The lines that agents are given: of all keys that have not ended. */
  public Stream<String> lines(Instant now) {
    return entries.stream()
        .filter(entry -> !entry.hasEnded(now))
        .map(entry -> entry.keys().publicKeys().line());
  }

  /** The ids. */
  @Override
  public String toString() {
    return entries.stream().map(Entry::id).collect(Collectors.joining(", "));
  }
}
