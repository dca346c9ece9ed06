package dev.bandmaster.engine.fleet;

import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.EnrolmentToken;
import dev.bandmaster.core.store.Nodes.TrustMark;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.store.StoreConflict;
import dev.bandmaster.model.EnrolledNodes;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.NodeDirectory;
import dev.bandmaster.model.NodePublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which nodes are trusted. A node shows its key; in manual mode a person compares the
 * fingerprint and accepts it, in automatic mode the first key shown under a name is taken. A
 * trusted node's key is never replaced by itself.
 */
public final class Enrolments {
  private static final Logger LOG = LoggerFactory.getLogger(Enrolments.class);

  private final Store store;
  private final boolean automatic;
  private final InstantSource clock;
  private final EnrolmentListener listener;
  private final EnrolledNodes trusted = new EnrolledNodes();
  private final WaitingNodes waiting = new WaitingNodes();
  private final AtomicBoolean fullSaid = new AtomicBoolean();
  private final Set<String> refusedTokens = ConcurrentHashMap.newKeySet();
  private final Map<String, String> environments = new ConcurrentHashMap<>();
  private volatile TrustMark seen = TrustMark.NONE;

  /**
   * Takes up the trust of earlier starts.
   *
   * @param listener receives what operators have to decide
   */
  public Enrolments(
      Store store, boolean automatic, InstantSource clock, EnrolmentListener listener) {
    this.store = store;
    this.automatic = automatic;
    this.clock = clock;
    this.listener = listener;
    store.nodes().trusted().forEach(trusted::accept);
    if (automatic) {
      LOG.warn(
          "Enrollment is automatic: every node that reaches the broker is trusted. For demos only.");
    }
  }

  /** Takes in what another replica has accepted or forgotten meanwhile. */
  public void refresh() {
    Map<String, NodePublicKey> newest = store.nodes().trusted();
    newest.forEach((node, key) -> {
      trusted.accept(node, key);
      waiting.remove(node, key);
    });
    trusted.names().stream().filter(node -> !newest.containsKey(node)).forEach(trusted::forget);
  }

  /**
   * Takes in what another replica has accepted or forgotten, if anything has changed; costs one
   * small question.
   *
   * @return whether a node is trusted that was not before
   */
  boolean refreshIfChanged() {
    TrustMark newest = store.nodes().trustMark();
    if (newest.equals(seen)) {
      return false;
    }
    Set<String> before = trusted.names();
    refresh();
    seen = newest;
    return !before.containsAll(trusted.names());
  }

  /** The names of the nodes that are trusted. */
  Set<String> names() {
    return trusted.names();
  }

  private boolean isTrusted(String node, NodePublicKey key) {
    return trusted.keyOf(node).filter(key::equals).isPresent();
  }

  boolean isTrusted(String node) {
    return trusted.keyOf(node).isPresent();
  }

  /** Where a node has said that it is when it asked to be trusted; empty if it did not ask here. */
  public Optional<String> environment(String node) {
    return Optional.ofNullable(environments.get(node));
  }

  /** The keys to check messages with. */
  public NodeDirectory directory() {
    return trusted;
  }

  /**
   * A node asks to be trusted.
   *
   * @return whether it is newly trusted, and should be asked to describe itself
   */
  public boolean ask(Enrolment enrolment) {
    String node = enrolment.stamp().node();
    NodePublicKey key = enrolment.key();
    if (environments.size() < WaitingNodes.MOST_NAMES || environments.containsKey(node)) {
      environments.put(node, enrolment.stamp().env());
    }
    Optional<NodePublicKey> known = trusted.keyOf(node);
    if (known.filter(key::equals).isPresent()) {
      return false;
    }
    if (known.isEmpty() && automatic) {
      trust(node, key);
      return true;
    }
    Optional<String> refusal =
        known.isPresent()
            ? Optional.empty()
            : enrolment.token().flatMap(token -> admit(enrolment, token));
    if (known.isEmpty() && enrolment.token().isPresent() && refusal.isEmpty()) {
      return true;
    }
    announce(node, key, known, refusal);
    return false;
  }

  /**
   * Lets a node in by its token.
   *
   * @return why the token does not let it in; empty if it has
   */
  private Optional<String> admit(Enrolment enrolment, String token) {
    String node = enrolment.stamp().node();
    String environment = enrolment.stamp().env();
    String hash = EnrolmentToken.hash(token);
    if (refusedTokens.contains(hash + node)) {
      return Optional.of("was refused before");
    }
    if (store.nodes().trustedKey(node).isPresent()) {
      // Another replica has let it in meanwhile, perhaps by another key.
      refresh();
      return isTrusted(node, enrolment.key())
          ? Optional.empty()
          : Optional.of("is of no use, since the name is in already");
    }
    Instant now = clock.instant();
    Optional<EnrolmentToken> found = store.enrolmentTokens().byHash(hash);
    Optional<String> refusal =
        found.isEmpty() ? Optional.of("is unknown") : refusal(found.get(), environment, now);
    if (refusal.isEmpty()) {
      long number = found.orElseThrow().number();
      try {
        store.commit(
            List.of(
                new Change.UseEnrolmentToken(number, environment, now),
                new Change.TrustNode(node, enrolment.key(), now),
                new Change.AppendAudit(audit(enrolment, number, now))));
        trusted.accept(node, enrolment.key());
        waiting.remove(node, enrolment.key());
        LOG.info(
            "{} of {} is in by token {}, fingerprint {}",
            node,
            environment,
            number,
            enrolment.fingerprint());
        return Optional.empty();
      } catch (StoreConflict usedUp) {
        refusal = Optional.of("has been used up or revoked just now");
      }
    }
    if (refusedTokens.size() < WaitingNodes.MOST_NAMES) {
      refusedTokens.add(hash + node);
    }
    return refusal;
  }

  private static Optional<String> refusal(EnrolmentToken token, String environment, Instant now) {
    if (token.revoked().isPresent()) {
      return Optional.of("was revoked");
    }
    if (!token.environment().equals(environment)) {
      return Optional.of("is for " + token.environment() + ", and the node is in " + environment);
    }
    if (!now.isBefore(token.expires())) {
      return Optional.of("has expired");
    }
    return token.isValid(now)
        ? Optional.empty()
        : Optional.of("has been used %d times".formatted(token.used()));
  }

  /** Who came in by which token; the token's own number leads to who made it. */
  private static AuditEntry audit(Enrolment enrolment, long number, Instant now) {
    return new AuditEntry(
        now,
        "node:" + enrolment.stamp().node(),
        "",
        "enrolment token " + number,
        "fleet",
        enrolment.stamp().env(),
        "",
        "",
        "done",
        "trusted by the key " + enrolment.fingerprint(),
        "",
        "");
  }

  private void announce(
      String node, NodePublicKey key, Optional<NodePublicKey> known, Optional<String> refusal) {
    String fingerprint = key.fingerprint();
    WaitingNodes.Added added = waiting.add(node, key);
    switch (added) {
      case FIRST, CONFLICT -> {
        LOG.info("{} asks to join, fingerprint {}", node, fingerprint);
        if (known.isPresent()) {
          listener.wantsToReplace(node, known.get().fingerprint(), fingerprint);
        } else if (added == WaitingNodes.Added.CONFLICT) {
          listener.conflicts(node, fingerprint);
        } else if (refusal.isPresent()) {
          listener.tokenRefused(node, fingerprint, refusal.get());
        } else {
          listener.asks(node, fingerprint);
        }
      }
      case FULL -> {
        if (!fullSaid.getAndSet(true)) {
          LOG.warn("{} names wait to join; no further ones are kept", WaitingNodes.MOST_NAMES);
          listener.full(WaitingNodes.MOST_NAMES);
        }
      }
      case KNOWN, TOO_MANY_KEYS -> {}
    }
  }

  /**
   * Accepts a node that is not trusted yet, by the key with this fingerprint and no other: what
   * arrived after a person compared is not accepted.
   */
  public Acceptance accept(String node, String fingerprint) {
    refresh();
    Optional<NodePublicKey> known = trusted.keyOf(node);
    Optional<NodePublicKey> shown = waiting.find(node, fingerprint);
    if (known.isPresent()) {
      return known.get().fingerprint().equals(fingerprint)
          ? new Acceptance.Accepted(known.get())
          : new Acceptance.AlreadyTrusted(known.get());
    }
    return take(node, shown);
  }

  /**
   * The nodes that can be accepted together: those that wait, are not trusted yet and have shown
   * one key only.
   *
   * @param meant whether a node is meant, by its name and its environment, if that is known
   */
  public SortedMap<String, NodePublicKey> acceptable(BiPredicate<String, Optional<String>> meant) {
    SortedMap<String, NodePublicKey> found = new TreeMap<>();
    for (Map.Entry<String, NodePublicKey> each : waiting.all()) {
      String node = each.getKey();
      if (meant.test(node, environment(node))
          && trusted.keyOf(node).isEmpty()
          && waiting.of(node).size() == 1) {
        found.put(node, each.getValue());
      }
    }
    return found;
  }

  /** Accepts nodes by these keys and no others, all or none of them. */
  public void accept(Map<String, NodePublicKey> nodes) {
    Instant now = clock.instant();
    List<Change> changes = new ArrayList<>();
    nodes.forEach((node, key) -> changes.add(new Change.TrustNode(node, key, now)));
    store.commit(changes);
    nodes.forEach((node, key) -> {
      trusted.accept(node, key);
      waiting.removeAll(node);
    });
    listFreed();
  }

  /** Trusts a node by another key than before. */
  public Acceptance replace(String node, String fingerprint) {
    refresh();
    return trusted.keyOf(node).isEmpty()
        ? new Acceptance.NotTrusted()
        : take(node, waiting.find(node, fingerprint));
  }

  private Acceptance take(String node, Optional<NodePublicKey> shown) {
    if (shown.isEmpty()) {
      return new Acceptance.NotWaiting();
    }
    trust(node, shown.get());
    waiting.removeAll(node);
    listFreed();
    return new Acceptance.Accepted(shown.get());
  }

  private void listFreed() {
    fullSaid.set(false);
  }

  private void trust(String node, NodePublicKey key) {
    store.commit(new Change.TrustNode(node, key, clock.instant()));
    trusted.accept(node, key);
  }

  /**
   * Lets nodes that wait go away; they may ask again.
   *
   * @param meant whether a node is meant, by its name and its environment, if that is known
   * @return the names of those that waited, in order
   */
  public List<String> reject(BiPredicate<String, Optional<String>> meant) {
    List<String> gone = waiting.removeIf(node -> meant.test(node, environment(node)));
    if (!gone.isEmpty()) {
      listFreed();
    }
    return gone;
  }

  /** Trusts a node no longer, and forgets all about it. */
  public boolean forget(String node) {
    boolean known = trusted.keyOf(node).isPresent();
    environments.remove(node);
    store.commit(new Change.DistrustNode(node));
    trusted.forget(node);
    return known;
  }

  /** The key by which a node is trusted. */
  public Optional<NodePublicKey> keyOf(String node) {
    return trusted.keyOf(node);
  }

  /** The keys that wait under one name; more than one is a conflict. */
  public List<NodePublicKey> waitingKeys(String node) {
    return waiting.of(node);
  }

  /** Names and keys of the nodes that wait, sorted by name. */
  public List<Map.Entry<String, NodePublicKey>> waiting() {
    return waiting.all();
  }

  /** How many keys were shown and not kept, since too many wait. */
  public long notKept() {
    return waiting.refused();
  }
}
