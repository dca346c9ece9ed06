package dev.bandmaster.engine.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * The names that words of a command may be: those the asker may use with it. Answered from what is
 * in memory; nothing is fetched.
 */
interface Vocabulary {

  /** The environment that a word names, in its own spelling. */
  Optional<String> environment(String word);

  /** The application that a word names, in its own spelling. */
  Optional<String> application(String word);

  /** Whether a word is the name of a node. */
  boolean isNode(String word);

  /** The environments, sorted, in which an application may be used; of any if it is empty. */
  List<String> environments(Optional<String> application);

  /** The applications, sorted, that may be used in an environment; in any if it is empty. */
  List<String> applications(Optional<String> environment);
}
