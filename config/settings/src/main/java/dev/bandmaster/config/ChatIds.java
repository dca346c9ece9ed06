package dev.bandmaster.config;

import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import java.util.function.Predicate;

/**
 * What the ids of the chat service look like. Whoever reads the configuration gives it, so that
 * this module knows no chat service. Names change, ids do not.
 *
 * @param channel the id of a channel
 * @param user the id of a person
 * @param group the id of a user group
 */
public record ChatIds(Form channel, Form user, Form group) {

  /**
   * One kind of id.
   *
   * @param name what to write, to follow "must be", such as {@code "a channel id such as C…"}
   * @param test whether a text is such an id
   */
  public record Form(String name, Predicate<String> test) {
    Kind<String> kind() {
      return Kinds.text(name, test);
    }
  }
}
