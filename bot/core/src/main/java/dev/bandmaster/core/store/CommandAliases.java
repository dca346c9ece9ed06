package dev.bandmaster.core.store;

import java.util.List;
import java.util.Optional;

/** The words that people use for commands, each for themselves. */
public interface CommandAliases {

  /** What a person means by a word, under whichever of their ids it was made. */
  Optional<CommandAlias> find(String principal, String name);

  /** One person's aliases by name. */
  List<CommandAlias> of(String principal, int limit);
}
