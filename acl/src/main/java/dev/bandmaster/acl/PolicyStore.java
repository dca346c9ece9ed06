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

    /** The file was refused; this policy stays in use. */
    record Refused(List<Problem> problems, Policy inUse) implements Change {}
  }

  /**
   * The policy in use, and what is wrong with the file if it was refused since.
   *
   * @param problems empty when the file is what is in use
   */
  public record State(Policy policy, List<Problem> problems) {
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
  private final LastGood lastGood;
  private final Consumer<Change> observer;
  private final AtomicReference<State> state;
  private final Object oneAtATime = new Object();
  private Optional<String> seen = Optional.empty();

  /**
   * Reads the file; falls back to the last good policy, then to none.
   *
   * @param ids what ids look like in it
   * @param observer called on every change and rejection, including the first, on the checking
   *     thread
   */
  public PolicyStore(Path file, IdSyntax ids, LastGood lastGood, Consumer<Change> observer) {
    this.file = file;
    this.ids = ids;
    this.lastGood = lastGood;
    this.state = new AtomicReference<>(new State(emergency(ids), List.of()));
    this.observer = observer;
    lastGood.read().ifPresent(this::restore);
    refresh();
  }

  /** The policy in use: ask for it once for each decision. */
  public Policy current() {
    return state.get().policy();
  }

  public State state() {
    return state.get();
  }

  /** Looks at the file; call it when the file may have changed. Never throws for a bad file. */
  public Change refresh() {
    synchronized (oneAtATime) {
      var change = unlessReported(look());
      switch (change) {
        case Change.None none -> {}
        case Change.Swapped swapped -> state.set(new State(swapped.policy(), List.of()));
        case Change.Refused refused -> state.set(new State(refused.inUse(), refused.problems()));
      }
      if (!(change instanceof Change.None)) {
        observer.accept(change);
      }
      return change;
    }
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
      return once("unreadable", () -> refused("the policy file cannot be read: " + unreadable));
    }
    return once("text " + PolicyParser.hash(text), () -> load(text));
  }

  /** What was looked at already is not read and tested again. */
  private Change once(String what, Supplier<Change> then) {
    if (seen.filter(what::equals).isPresent()) {
      return new Change.None();
    }
    seen = Optional.of(what);
    return then.get();
  }

  private Change load(String text) {
    try {
      var loaded = PolicyLoader.load(name(), text, ids);
      lastGood.keep(new LastGood.Text(name(), text));
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
      state.set(new State(PolicyLoader.load(text.name(), text.content(), ids).value(), List.of()));
    } catch (BadConfigException grownStricter) {
      state.set(new State(emergency(ids), grownStricter.problems()));
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
