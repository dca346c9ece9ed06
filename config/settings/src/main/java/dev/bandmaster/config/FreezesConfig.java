package dev.bandmaster.config;

import dev.bandmaster.yaml.Description;
import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import dev.bandmaster.yaml.Value;
import java.util.List;
import java.util.Optional;

/**
 * Times in which nothing is deployed, and what goes on all the same.
 *
 * @param allow commands that a freeze does not hold up, for those who may deploy there
 * @param recurring recurring periods in which nothing is deployed
 */
public record FreezesConfig(List<String> allow, List<FreezeConfig> recurring) {

  private static final List<String> GOING_BACK = List.of("rollback", "undo");

  /** No recurring freezes; going back is always possible. */
  public static final FreezesConfig STANDARD = new FreezesConfig(GOING_BACK, List.of());

  public FreezesConfig {
    allow = List.copyOf(allow);
    recurring = List.copyOf(recurring);
  }

  /** A section; a list of recurring freezes alone is good too. */
  static Kind<FreezesConfig> kind() {
    return new ListOrSection();
  }

  private static FreezesConfig read(Section section) {
    return new FreezesConfig(
        section
            .field(
                "allow",
                new Commands(),
                "Commands that are not held up by a freeze, for people who may also deploy "
                    + "there. `none` for no command.")
            .orDefault(GOING_BACK),
        section
            .list(
                "recurring",
                Kinds.section(FreezeConfig::read),
                "Recurring periods in which nothing is deployed.")
            .orDefault(List.of()));
  }

  private record ListOrSection() implements Kind<FreezesConfig> {
    private static final Kind<FreezesConfig> SECTION = Kinds.section(FreezesConfig::read);
    private static final Kind<List<FreezeConfig>> LIST =
        Kinds.listOf(Kinds.section(FreezeConfig::read));

    @Override
    public String name() {
      return "a section, or a list of what may stand in its `recurring`";
    }

    @Override
    public FreezesConfig placeholder() {
      return STANDARD;
    }

    @Override
    public String show(FreezesConfig value) {
      return "see its keys";
    }

    @Override
    public Optional<FreezesConfig> read(Value value) {
      return value.isList()
          ? LIST.read(value).map(recurring -> new FreezesConfig(GOING_BACK, recurring))
          : SECTION.read(value);
    }

    @Override
    public void describe(Description inside) {
      SECTION.describe(inside);
    }
  }

  private record Commands() implements Kind<List<String>> {
    private static final String NONE = "none";
    private static final Kind<List<String>> LIST = Kinds.listOf(Kinds.name());

    @Override
    public String name() {
      return "a list of commands, or none";
    }

    @Override
    public List<String> placeholder() {
      return List.of();
    }

    @Override
    public String show(List<String> value) {
      return value.isEmpty() ? NONE : LIST.show(value);
    }

    @Override
    public Optional<List<String>> read(Value value) {
      if (value.isList()) {
        return LIST.read(value);
      }
      Optional<String> word = value.word(this);
      return word.isPresent() && !word.get().equals(NONE)
          ? value.refuseText(this, word.get())
          : word.map(_ -> List.of());
    }
  }
}
