package dev.bandmaster.engine.policy;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Decision;
import dev.bandmaster.acl.Explanation;
import dev.bandmaster.acl.IdSyntax;
import dev.bandmaster.acl.LastGood;
import dev.bandmaster.acl.Mismatch.Facet;
import dev.bandmaster.acl.PolicyStore;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import dev.bandmaster.acl.Vocabulary;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.pipeline.AccessRules;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the policy in force, looks for changes of its file, and remembers the last good text. */
public final class PolicyKeeper implements AccessRules, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyKeeper.class);

  /** A changed file is in force after at most this long. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private final PolicyStore policies;
  private final Thread watcher = Thread.ofVirtual().name("policy-file").unstarted(this::watch);

  /**
   * Reads the policy.
   *
   * @param ids what ids look like in it
   * @param known what it may name
   * @param refused receives a sentence when the file is not taken
   */
  public PolicyKeeper(
      Path file, IdSyntax ids, Vocabulary known, Store store, Consumer<String> refused) {
    this.policies =
        new PolicyStore(file, ids, known, new Kept(store), change -> report(change, refused));
  }

  private static void report(PolicyStore.Change change, Consumer<String> refused) {
    switch (change) {
      case PolicyStore.Change.None() -> {}
      case PolicyStore.Change.Swapped(var policy, var warnings) -> {
        LOG.info("Policy {} is in force", shortHash(policy.hash()));
        warnings.forEach(warning -> LOG.warn("Policy: {}", warning));
      }
      case PolicyStore.Change.Differs(var inUse, var problem) -> {
        String sentence =
            "The policy file differs from policy %s, which is in force: %s."
                .formatted(shortHash(inUse.hash()), problem.sentence());
        LOG.warn(sentence);
        refused.accept(sentence);
      }
      case PolicyStore.Change.Refused(var problems, var inUse) -> {
        String sentence =
            "The policy file is rejected, %s stays in force: %s"
                .formatted(shortHash(inUse.hash()), problems.getFirst());
        LOG.error(sentence);
        refused.accept(sentence);
      }
    }
  }

  /** Begins to look for changes. */
  public void start() {
    watcher.start();
  }

  private void watch() {
    while (true) {
      try {
        Thread.sleep(LOOK_EVERY);
        policies.refresh();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.error("Checking for a new policy failed; the current one stays in force", e);
      }
    }
  }

  @Override
  public Decision decide(Request request) {
    return policies.current().decide(request);
  }

  public Explanation explain(Request request) {
    return policies.current().explain(request);
  }

  @Override
  public Optional<String> elsewhere(Request denied) {
    return explain(denied).verdicts().stream()
        .filter(verdict ->
            !verdict.applies()
                && verdict.mismatches().stream()
                    .allMatch(mismatch -> mismatch.facet() == Facet.WHERE))
        .flatMap(verdict -> verdict.rule().where().channels().stream().sorted())
        .filter(channel -> !(decide(in(channel, denied)) instanceof Decision.Denied))
        .findFirst();
  }

  private static Request in(String channel, Request request) {
    return new Request(
        request.principal(),
        Channel.internal(channel),
        request.action(),
        request.app(),
        request.env(),
        request.arguments(),
        request.targets(),
        request.time());
  }

  @Override
  public boolean couldEverAllow(Principal principal, Channel channel, String action) {
    return policies.current().couldEverAllow(principal, channel, action);
  }

  @Override
  public boolean couldEverAllow(
      Principal principal,
      Channel channel,
      String action,
      Optional<String> env,
      Optional<String> app) {
    return policies.current().couldEverAllow(principal, channel, action, env, app);
  }

  /** One line about the policy for {@code status}. */
  public String describe() {
    PolicyStore.State state = policies.state();
    return shortHash(state.policy().hash())
        + (state.problems().isEmpty()
            ? ""
            : (state.differs() ? "; the file differs: " : "; the file is rejected: ")
                + state.problems().getFirst());
  }

  private static String shortHash(String hash) {
    return hash.substring(0, Math.min(12, hash.length()));
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  /** The last good text, in the store. */
  private record Kept(Store store) implements LastGood {
    @Override
    public Optional<Text> read() {
      return store.policy().map(kept -> new Text(kept.name(), kept.text()));
    }

    @Override
    public Optional<String> hash() {
      return store.policyHash();
    }

    @Override
    public boolean wasInForce(String hash) {
      return store.wasPolicyInForce(hash);
    }

    @Override
    public void keep(Text text) {
      store.commit(new Change.KeepPolicy(text.name(), text.content(), hash(text.content())));
    }

    private static String hash(String content) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(content.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
