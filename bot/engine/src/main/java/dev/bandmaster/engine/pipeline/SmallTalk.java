package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What people say who have no command in mind: it is answered with what they can do. */
final class SmallTalk {

  private static final Set<String> GREETINGS =
      Set.of(
          "hi",
          "hi there",
          "hello",
          "hello there",
          "hey",
          "hey there",
          "good morning",
          "good afternoon",
          "good evening");

  private static final Set<String> THANKS =
      Set.of("thanks", "thank you", "thanks a lot", "thank you very much", "thx", "cheers");

  private static final Set<String> QUESTIONS =
      Set.of("", "?", "commands", "menu", "usage", "what can you do", "how does this work");

  /** Longer than all of these. */
  private static final int LONGEST = 40;

  /** Forms that are offered beside the list of commands. */
  private static final int MOST_FORMS = 4;

  private SmallTalk() {}

  /**
   * The answer; empty if the words are something else.
   *
   * @param usable the commands that the asker may use, in the order of the list
   */
  static Optional<Message> answer(String typed, List<Command> usable) {
    if (typed.length() > LONGEST) {
      return Optional.empty();
    }
    String words =
        String.join(
            " ", typed.toLowerCase(Locale.ROOT).replaceAll("[!?.,]", " ").strip().split("\\s+"));
    if (words.isEmpty() && typed.indexOf('?') < 0) {
      return Optional.empty();
    }
    if (THANKS.contains(words)) {
      return Optional.of(Message.sentence("You're welcome."));
    }
    if (GREETINGS.contains(words)) {
      return Optional.of(offer("Hello! Type a command, or start here:", usable));
    }
    return QUESTIONS.contains(words)
        ? Optional.of(offer("Type a command as you would say it, or start here:", usable))
        : Optional.empty();
  }

  private static Message offer(String sentence, List<Command> usable) {
    List<Button> buttons = new ArrayList<>();
    usable.stream()
        .filter(command -> command.declaration().name().equals(Help.DECLARATION.name()))
        .forEach(command -> buttons.add(Offers.button(Help.DECLARATION.name(), "All commands")));
    usable.stream()
        .filter(CommandForm::isFor)
        .map(Command::declaration)
        .map(CommandDeclaration::name)
        .limit(MOST_FORMS)
        .forEach(name -> buttons.add(CommandForm.button(name, name + "…")));
    Message.Paragraph paragraph = new Message.Paragraph(Text.sentence(sentence));
    return buttons.isEmpty()
        ? Message.of(paragraph)
        : Message.of(paragraph, new Message.Buttons(buttons));
  }
}
