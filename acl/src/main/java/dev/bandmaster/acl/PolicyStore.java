package dev.bandmaster.acl;

import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Position;
import dev.bandmaster.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The policy in use. A changed file is read, checked and tested, and only then put in place of the
 * old one, in one step; when it is refused the last good one stays. Without any good one only
 * {@code help}, {@code status} and {@code whoami} are allowed.
 *
 * <p>May be used by many threads; {@link #current} never waits.
 */
public final class PolicyStore {

  /** What a look at the file brought. */
  public sealed interface Change {
    /** The text is the one already known. */
    record None() implements Change {}

    /** A new policy is in use. */
    record Swapped(Policy policy, List<Problem> warnings) implements Change {}

    /**
     * The file says something else than the policy in force, which another replica has taken since
     * or which superseded the file while this process was away. Decisions follow the one in force.
     */
    record Differs(Policy inUse, Problem problem) implements Change {}

    /** The file was refused; this policy stays in use. */
    record Refused(List<Problem> problems, Policy inUse) implements Change {}
  }

  /**
   * The policy in use, and what is wrong with the file if it was refused since.
   *
   * @param problems empty when the file is what is in use
   * @param differs whether the only problem is that the file is another policy
   */
  public record State(Policy policy, List<Problem> problems, boolean differs) {
    public State {
      problems = List.copyOf(problems);
    }
  }

  /** The bot must stay able to say what is wrong, even without any policy. */
  private static final String EMERGENCY =
      """
      rules:
        - id: no-policy
          effect: allow
          who: "*"
          where: "*"
          actions: [help, status, whoami]
          apps: "*"
          envs: "*"
      """;

  private static final long LONGEST_FILE = 1 << 20;

  private final Path file;
  private final IdSyntax ids;
  private final Vocabulary known;
  private final LastGood lastGood;
  private final Consumer<Change> observer;
  private final AtomicReference<State> state;
  private final Object oneAtATime = new Object();
  private Optional<String> seen = Optional.empty();

  /** The hash of the file as it was last read, if it could be read. */
  private Optional<String> inFile = Optional.empty();

  /** The stored policy that was last taken, or tried. */
  private Optional<String> followed = Optional.empty();

  private boolean starting = true;

  /**
   * Reads the file; falls back to the last good policy, then to none.
   *
   * @param ids what ids look like in it
   * @param known what it may name
   * @param observer called on every change and rejection, including the first, on the checking
   *     thread
   */
  public PolicyStore(
      Path file, IdSyntax ids, Vocabulary known, LastGood lastGood, Consumer<Change> observer) {
    this.file = file;
    this.ids = ids;
    this.known = known;
    this.lastGood = lastGood;
    this.state = new AtomicReference<>(new State(emergency(ids), List.of(), false));
    this.observer = observer;
    lastGood.read().ifPresent(this::restore);
    refresh();
    starting = false;
  }

  /** The policy in use: ask for it once for each decision. */
  public Policy current() {
    return state.get().policy();
  }

  public State state() {
    return state.get();
  }

  /**
   * Looks at the file, and at what other replicas have put in force; call it when either may have
   * changed. Never throws for a bad file.
   */
  public Change refresh() {
    synchronized (oneAtATime) {
      apply(follow());
      return apply(unlessReported(look()));
    }
  }

  private Change apply(Change change) {
    switch (change) {
      case Change.None none -> {}
      case Change.Differs differs ->
          state.set(new State(differs.inUse(), List.of(differs.problem()), true));
      case Change.Swapped swapped -> state.set(new State(swapped.policy(), List.of(), false));
      case Change.Refused refused ->
          state.set(new State(refused.inUse(), refused.problems(), false));
    }
    if (!(change instanceof Change.None)) {
      observer.accept(change);
    }
    return change;
  }

  /** What another replica has put in force is in force here too. */
  private Change follow() {
    Optional<String> stored;
    try {
      stored = lastGood.hash();
    } catch (RuntimeException away) {
      // The store is away: what is in force stays, and the next look asks again.
      return new Change.None();
    }
    if (stored.isEmpty()
        || stored.equals(followed)
        || stored.filter(current().hash()::equals).isPresent()) {
      return new Change.None();
    }
    followed = stored;
    return lastGood.read().map(this::taken).orElseGet(Change.None::new);
  }

  private Change taken(LastGood.Text text) {
    Policy policy;
    try {
      policy = PolicyLoader.load(text.name(), text.content(), ids).value();
    } catch (BadConfigException ofAnotherVersion) {
      return new Change.Refused(ofAnotherVersion.problems(), current());
    }
    return inFile.filter(hash -> !hash.equals(policy.hash())).isPresent()
        ? differs(policy)
        : new Change.Swapped(policy, List.of());
  }

  private Change.Differs differs(Policy inForce) {
    return new Change.Differs(
        inForce,
        new Problem(
            new Position(name(), 1, 1),
            "the file is not the policy in force, which was taken later; decisions follow the policy in force. To use this file, change it while the bot runs; otherwise copy the policy in force over it"));
  }

  /** The same problem is reported once, not at every check. */
  private Change unlessReported(Change change) {
    return change instanceof Change.Refused refused
            && refused.problems().equals(state.get().problems())
        ? new Change.None()
        : change;
  }

  private Change look() {
    String text;
    try {
      text = content();
    } catch (IOException unreadable) {
      inFile = Optional.empty();
      return once("unreadable", () -> refused("the policy file cannot be read: " + unreadable));
    }
    String hash = PolicyParser.hash(text);
    inFile = Optional.of(hash);
    return once("text " + hash, () -> load(text, hash));
  }

  /** What was looked at already is not read and tested again. */
  private Change once(String what, Supplier<Change> then) {
    if (seen.filter(what::equals).isPresent()) {
      return new Change.None();
    }
    seen = Optional.of(what);
    return then.get();
  }

  private Change load(String text, String hash) {
    try {
      if (starting && !hash.equals(current().hash()) && lastGood.wasInForce(hash)) {
        return differs(current());
      }
      var loaded = PolicyLoader.load(name(), text, ids, known);
      if (!hash.equals(current().hash())) {
        lastGood.keep(new LastGood.Text(name(), text));
      }
      return new Change.Swapped(loaded.value(), loaded.warnings());
    } catch (BadConfigException bad) {
      return new Change.Refused(bad.problems(), current());
    } catch (RuntimeException notKept) {
      seen = Optional.empty(); // worth another try at the next look
      return refused("the policy is valid but could not be stored, so it is not used: " + notKept);
    }
  }

  private Change refused(String sentence) {
    return new Change.Refused(
        List.of(new Problem(new Position(name(), 1, 1), sentence)), current());
  }

  private void restore(LastGood.Text text) {
    try {
      state.set(
          new State(PolicyLoader.load(text.name(), text.content(), ids).value(), List.of(), false));
    } catch (BadConfigException grownStricter) {
      state.set(new State(emergency(ids), grownStricter.problems(), false));
    }
  }

  private String content() throws IOException {
    if (Files.size(file) > LONGEST_FILE) {
      throw new IOException("the file is larger than 1 MiB");
    }
    return Files.readString(file);
  }

  private String name() {
    return Optional.ofNullable(file.getFileName()).orElse(file).toString();
  }

  private static Policy emergency(IdSyntax ids) {
    return PolicyParser.parse("no policy", EMERGENCY, ids).value();
  }
}
