package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Channel;
import dev.bandmaster.acl.Principal;
import dev.bandmaster.acl.Request;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.plugin.Arguments;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts questions to the policy: people and places of the chat in the policy's own terms. */
public final class AccessRequests {
  private AccessRequests() {}

  static Request about(ParsedCommand understood, Instant now) {
    Asker asker = new Asker(understood.person(), understood.asked().place());
    return about(asker, understood.command(), understood.arguments(), now);
  }

  public static Request about(Asker asker, Command command, Arguments arguments, Instant now) {
    Right right = command.right(arguments);
    return new Request(
        principal(asker.person()),
        channel(asker.place()),
        right.permission(),
        right.application(),
        right.environment(),
        words(arguments),
        Optional.empty(),
        now);
  }

  public static Map<String, String> words(Arguments arguments) {
    return arguments.values().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join(" ", entry.getValue())));
  }

  /** A person or a program; a program is a bot, which has only the rights that name it. */
  public static Principal principal(Person person) {
    return Principal.of(
            person.sender().team(),
            person.sender().user(),
            person.groups(),
            switch (person.kind()) {
              case MEMBER -> Principal.Kind.MEMBER;
              case GUEST -> Principal.Kind.GUEST;
              case EXTERNAL -> Principal.Kind.EXTERNAL;
              case BOT -> Principal.Kind.BOT;
              case DEACTIVATED -> Principal.Kind.DEACTIVATED;
            })
        .alsoKnownAs(
            person.aliases().stream()
                .map(alias -> alias.team() + ":" + alias.user())
                .collect(Collectors.toUnmodifiableSet()));
  }

  public static Channel channel(ConversationRef place) {
    return switch (place.kind()) {
      case DIRECT -> Channel.direct(place.channel());
      case CHANNEL, API -> Channel.internal(place.channel());
      case SHARED_CHANNEL -> Channel.shared(place.channel());
    };
  }
}
