package dev.bandmaster.yaml;

import java.util.Optional;
import java.util.function.Function;

/**
 * A single value made from its text.
 *
 * @param unquoted must be written without quotes, as numbers and true or false are
 */
record Shape<T>(
    String name,
    T placeholder,
    Function<String, Optional<T>> conversion,
    Function<T, String> writing,
    boolean unquoted)
    implements Kind<T> {

  static <T> Shape<T> word(String name, T placeholder, Function<String, Optional<T>> conversion) {
    return new Shape<>(name, placeholder, conversion, String::valueOf, true);
  }

  @Override
  public Optional<T> read(Value value) {
    var text = unquoted ? value.word(this) : value.text(this);
    return text.flatMap(given -> conversion.apply(given).or(() -> value.refuseText(this, given)));
  }

  @Override
  public String show(T value) {
    return writing.apply(value);
  }
}
