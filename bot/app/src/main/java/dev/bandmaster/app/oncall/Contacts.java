package dev.bandmaster.app.oncall;

import dev.bandmaster.engine.oncall.Duty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Whom the names mean that a program or a calendar uses. */
public final class Contacts {
  private static final int LONGEST = 100;

  private final Map<String, String> ids = new HashMap<>();
  private final Predicate<String> isId;

  /**
   * @param ids of people by their names, whatever the case of the letters
   * @param isId whether a text is the id of a person
   */
  public Contacts(Map<String, String> ids, Predicate<String> isId) {
    ids.forEach((name, id) -> this.ids.put(key(name), id));
    this.isId = isId;
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  Optional<String> find(String name) {
    String text = name.strip();
    return Optional.ofNullable(ids.get(key(text))).or(() -> Optional.of(text).filter(isId));
  }

  /** Who is on call, of people who are called by these names. */
  Duty duty(List<String> names, Optional<Instant> until) {
    List<String> people = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      String text = name.strip();
      if (!text.isEmpty()) {
        find(text)
            .ifPresentOrElse(
                people::add,
                () ->
                    unknown.add(
                        text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…"));
      }
    }
    return new Duty(people, unknown, until);
  }
}
