package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.Person;
import java.util.function.Function;

/**
 * Who asks? Anyone who cannot be identified is refused before a word is read. From here on a person
 * has one id, whichever of theirs they asked under.
 */
public final class Identify implements Function<CommandRequest, Step<Identified>> {

  private final Directory people;

  public Identify(Directory people) {
    this.people = people;
  }

  @Override
  public Step<Identified> apply(CommandRequest asked) {
    return switch (people.find(asked.sender())) {
      case Directory.Known(Person person) ->
          Step.on(new Identified(asked.by(person.sender()), person));
      case Directory.Unknown(String reason) ->
          Step.end(
              CommandResult.Refused.denied(
                  "Nothing was done: I cannot look up who you are. "
                      + reason
                      + " Try again in a minute. If it persists, tell the bot's operators."));
    };
  }
}
