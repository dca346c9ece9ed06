package dev.bandmaster.engine.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The names that words of a command may be: those the asker may use with it. Answered from what is
 * in memory; nothing is fetched.
 */
interface Vocabulary {

  /** Knows no names, where it is enough to know that a word is wrong. */
  Vocabulary NONE =
      new Vocabulary() {
        @Override
        public Optional<String> environment(String word) {
          return Optional.empty();
        }

        @Override
        public Optional<String> application(String word) {
          return Optional.empty();
        }

        @Override
        public boolean isNode(String word) {
          return false;
        }

        @Override
        public Optional<String> nearest(
            String word, boolean environments, boolean applications, Collection<String> others) {
          return Optional.empty();
        }

        @Override
        public List<String> environments(Optional<String> application) {
          return List.of();
        }

        @Override
        public List<String> applications(Optional<String> environment) {
          return List.of();
        }
      };

  /** The environment that a word names, in its own spelling. */
  Optional<String> environment(String word);

  /** The application that a word names, in its own spelling. */
  Optional<String> application(String word);

  /** Whether a word is the name of a node. */
  boolean isNode(String word);

  /**
   * The name that a word was probably meant to be.
   *
   * @param environments whether it may be an environment
   * @param applications whether it may be an application
   * @param others further words that it may be
   */
  Optional<String> nearest(
      String word, boolean environments, boolean applications, Collection<String> others);

  /** The environments, sorted, in which an application may be used; of any if it is empty. */
  List<String> environments(Optional<String> application);

  /** The applications, sorted, that may be used in an environment; in any if it is empty. */
  List<String> applications(Optional<String> environment);
}
