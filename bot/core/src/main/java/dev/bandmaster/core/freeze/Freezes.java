package dev.bandmaster.core.freeze;

import dev.bandmaster.plugin.Planned.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All freezes: those that people have declared and those of the configuration. */
public final class Freezes {

  private final Supplier<List<Freeze>> declared;
  private final List<RecurringFreeze> recurring;
  private final Set<String> allowed;

  /** Collects freezes that hold up everything. */
  public Freezes(Supplier<List<Freeze>> declared, List<FreezeRule> recurring) {
    this(declared, recurring, Set.of());
  }

  /**
   * Collects the freezes.
   *
   * @param declared those of people that are not over
   * @param allowed commands that no freeze holds up
   */
  public Freezes(Supplier<List<Freeze>> declared, List<FreezeRule> recurring, Set<String> allowed) {
    this.declared = declared;
    this.allowed = Set.copyOf(allowed);
    this.recurring = recurring.stream().map(RecurringFreeze::new).toList();
  }

  /**
   * Whether a command goes on during a freeze, such as going back to what ran before.
   *
   * @param canonical the command in its canonical spelling
   * @param permission what it needs; {@code undo} needs the right of the command that undoes
   */
  public boolean allow(String canonical, String permission) {
    return allowed.contains(canonical.split(" ", 2)[0]) || allowed.contains(permission);
  }

  /** What forbids work on an application at a moment; of several the one that lasts longest. */
  public Optional<Freeze> against(Subject subject, Instant moment) {
    return all(moment)
        .filter(freeze -> freeze.standsAt(moment))
        .filter(freeze -> freeze.scope().covers(subject))
        .max(Comparator.comparing(Freeze::until));
  }

  /** Those that stand now. */
  public List<Freeze> standing(Instant now) {
    return standingOrComing(now).stream().filter(freeze -> freeze.standsAt(now)).toList();
  }

  /** Those that stand now or will, by their beginning; of a recurring one the next. */
  public List<Freeze> standingOrComing(Instant now) {
    return all(now).sorted(Comparator.comparing(Freeze::from)).toList();
  }

  private Stream<Freeze> all(Instant now) {
    return Stream.concat(
        declared.get().stream().filter(freeze -> freeze.until().isAfter(now)),
        recurring.stream().flatMap(freeze -> freeze.next(now).stream()));
  }
}
