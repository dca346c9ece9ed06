package dev.bandmaster.engine.runbooks;

import dev.bandmaster.plugin.Runbook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runbooks that there are now, from wherever they come. Safe for use by many threads. */
public final class RunbookLibrary {

  private final List<Source> sources;

  /** Where runbooks come from. */
  @FunctionalInterface
  public interface Source {
    /** What it has now. */
    Shelf now();
  }

  /**
   * What a source has.
   *
   * @param problems a sentence for each runbook that cannot be used
   */
  public record Shelf(List<Runbook> runbooks, List<String> problems) {
    public Shelf {
      runbooks = List.copyOf(runbooks);
      problems = List.copyOf(problems);
    }
  }

  /**
   * @param sources of two runbooks with the same name the one of the earlier source counts
   */
  public RunbookLibrary(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /** All of them, by name, and what is wrong with others. */
  public Shelf all() {
    Map<String, Runbook> known = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (Source source : sources) {
      Shelf shelf = source.now();
      problems.addAll(shelf.problems());
      for (Runbook runbook : shelf.runbooks()) {
        if (known.putIfAbsent(runbook.name(), runbook) != null) {
          problems.add(
              "There are two runbooks named '%s'; the first one counts.".formatted(runbook.name()));
        }
      }
    }
    return new Shelf(
        known.values().stream().sorted(Comparator.comparing(Runbook::name)).toList(), problems);
  }

  public Optional<Runbook> find(String name) {
    return all().runbooks().stream()
        .filter(runbook -> runbook.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
