package dev.bandmaster.app;

import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.DeliveryMeaning;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Person;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.schedules.ScheduleClock;
import dev.bandmaster.engine.schedules.ScheduledItem;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Fits a chat platform, whichever it is, to the rest of the bot. */
final class ChatModule {
  private ChatModule() {}

  /** The platform's directory; the ids of everybody who is found are recorded. */
  static Directory people(ChatPlatform chat, AliasRecorder aliases) {
    Directory directory = chat.directory();
    return sender ->
        switch (directory.find(sender)) {
          case Directory.Known(Person person) -> new Directory.Known(aliases.record(person));
          case Directory.Unknown unknown -> unknown;
        };
  }

  /** The same for answers whose age matters. */
  static FreshDirectory freshPeople(ChatPlatform chat, AliasRecorder aliases) {
    FreshDirectory directory = chat.freshDirectory();
    return new FreshDirectory() {
      @Override
      public Seen look(UserRef sender, Duration oldest) {
        return switch (directory.look(sender, oldest)) {
          case Seen.Known(Person person, Duration age) ->
              new Seen.Known(aliases.record(person), age);
          case Seen.Unknown unknown -> unknown;
        };
      }

      @Override
      public Gathering gather(Set<String> users, Set<String> groups, Duration oldest) {
        return directory.gather(users, groups, oldest);
      }

      @Override
      public Optional<ConversationRef> directWith(UserRef sender) {
        return directory.directWith(sender);
      }
    };
  }

  /** What the inbox holds: envelopes of the platform, and scheduled commands. */
  static InboxWorker.Interpreter interpreter(ChatPlatform chat) {
    ChatPlatform.Interpreter interpreter = chat.interpreter();
    return item ->
        item.kind().equals(ScheduleClock.KIND)
            ? new DeliveryMeaning.Wish(ScheduledItem.read(item.payload()))
            : interpreter.interpret(item.payload());
  }
}
