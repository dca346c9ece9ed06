package dev.bandmaster.model;

/**
 * A constant with a name of its own in messages and in files. The name never changes, however the
 * constant is called.
 */
public interface WireNamed {

  /** How it is written. */
  String wireName();

  /**
   * The constant with a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static <E extends Enum<E> & WireNamed> E find(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.wireName().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("unknown value: " + name);
  }
}
