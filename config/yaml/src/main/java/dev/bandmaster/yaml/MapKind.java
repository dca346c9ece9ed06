package dev.bandmaster.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A section whose keys are names the operator chooses.
 *
 * @param rule what a key must be, the rest of a sentence
 */
record MapKind<T>(
    Kind<T> item, Function<String, Optional<String>> refusal, Predicate<String> isKey, String rule)
    implements Kind<Map<String, T>> {
  @Override
  public String name() {
    return "a map of names, each with " + item.name();
  }

  @Override
  public Map<String, T> placeholder() {
    return Map.of();
  }

  @Override
  public Optional<Map<String, T>> read(Value value) {
    return value.section(this).flatMap(section -> read(value, section));
  }

  private Optional<Map<String, T>> read(Value value, Section section) {
    if (section.names().isEmpty()) {
      return value.refuse("is an empty section; add at least one entry or remove the key");
    }
    Map<String, T> read = new LinkedHashMap<>();
    for (var name : section.names()) {
      if (!isKey.test(name)) {
        section.refuse(name, rule);
        continue;
      }
      refusal.apply(name).ifPresent(sentence -> section.refuse(name, sentence));
      section.value(name).flatMap(item::read).ifPresent(each -> read.put(name, each));
    }
    return read.size() == section.names().size()
        ? Optional.of(Collections.unmodifiableMap(read))
        : Optional.empty();
  }

  @Override
  public String show(Map<String, T> value) {
    return value.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + ": " + item.show(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  @Override
  public void describe(Description inside) {
    item.describe(inside.inside("<name>"));
  }
}
