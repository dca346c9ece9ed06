package dev.bandmaster.core.chat;

/** Looks people up in the chat service. Blocking; answers come from a cache where they may. */
@FunctionalInterface
public interface Directory {

  Lookup find(UserRef sender);

  /** What a look-up gave. */
  sealed interface Lookup {}

  /** The person is known. */
  record Known(Person person) implements Lookup {}

  /** Nothing certain can be said; the one that decides on it denies. The reason is a sentence. */
  record Unknown(String reason) implements Lookup {}
}
