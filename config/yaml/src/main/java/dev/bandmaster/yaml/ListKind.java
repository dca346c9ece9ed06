package dev.bandmaster.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A list with at least one value of the same kind. */
record ListKind<T>(Kind<T> item) implements Kind<List<T>> {
  @Override
  public String name() {
    return "a list, each item " + item.name();
  }

  @Override
  public List<T> placeholder() {
    return List.of();
  }

  @Override
  public Optional<List<T>> read(Value value) {
    var values = value.items(this);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<T> read = new ArrayList<>();
    for (var each : values.get()) {
      item.read(each).ifPresent(read::add);
    }
    return read.size() == values.get().size() ? Optional.of(List.copyOf(read)) : Optional.empty();
  }

  @Override
  public String show(List<T> value) {
    return value.stream().map(item::show).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public void describe(Description inside) {
    item.describe(inside.inside("[]"));
  }
}
