package dev.bandmaster.bot.command;

import dev.bandmaster.bot.chat.People;
import dev.bandmaster.bot.chat.Person;
import java.util.function.Function;

/**
 * Who asks? Whoever cannot be identified is refused before a word is read. From here on a person
 * has one id, whichever of theirs they asked under.
 */
final class Identify implements Function<Asked, Step<Identified>> {

  private final People people;

  Identify(People people) {
    this.people = people;
  }

  @Override
  public Step<Identified> apply(Asked asked) {
    return switch (people.find(asked.sender())) {
      case People.Known(Person person) ->
          Step.on(new Identified(asked.by(person.sender()), person));
      case People.Unknown(String reason) ->
          Step.end(
              Ending.Refused.denied(
                  "I cannot tell who you are, so I do nothing: "
                      + reason
                      + " Try again in a minute; if it stays, ask whoever runs me."));
    };
  }
}
