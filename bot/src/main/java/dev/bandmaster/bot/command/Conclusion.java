package dev.bandmaster.bot.command;

import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.chat.PlainText;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.work.Mark;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How whoever asked is told what became of it: an answer where the question was, a mark on the
 * question, and a file with the whole answer where a message cannot hold it.
 *
 * @param fits whether a message can be shown whole
 */
record Conclusion(Predicate<Message> fits) {
  /** What a command that is over leaves behind for people. */
  List<Change> of(Asked asked, Ending ending) {
    Outbound answer =
        asked.manner() == Asked.Manner.SCHEDULED
            ? scheduled(asked, ending)
            : answer(asked.place(), asked.sender().user(), ending, asked.question().isPresent());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Show("answer:" + asked.id(), answer, Urgency.NOW));
    file(answer, asked)
        .ifPresent(
            file -> changes.add(new Change.Show("answer-file:" + asked.id(), file, Urgency.SOON)));
    asked
        .question()
        .ifPresent(question ->
            changes.add(Mark.ended(asked.place(), question, !(ending instanceof Ending.Refused))));
    return changes;
  }

  /** What is told of something that was no command. */
  Change refused(String item, Inbound inbound, String reason) {
    return new Change.Show(
        "answer:" + item,
        answer(inbound.place(), inbound.sender().user(), Ending.Refused.mistake(reason), false),
        Urgency.NOW);
  }

  /** Whoever scheduled it may not be there now; a whisper would be lost. */
  private static Outbound scheduled(Asked asked, Ending ending) {
    List<Message.Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.plain("⏰ ").code(asked.text()).and(" for ").person(asked.sender().user())));
    blocks.addAll(message(ending).blocks());
    return new Outbound.Shown(asked.place(), new Message(blocks), false);
  }

  /**
   * The answer, for all where all saw the question, for the asker's eyes where it is a refusal or
   * nobody else saw the question. In a DM there is nobody else.
   */
  private static Outbound answer(Place place, String user, Ending ending, boolean typedForAll) {
    boolean forAll =
        place.kind() == Place.Kind.DIRECT || (typedForAll && ending instanceof Ending.Answered);
    Message message = message(ending);
    return forAll
        ? new Outbound.Shown(place, message, false).askedBy(user)
        : new Outbound.Whispered(place, user, message);
  }

  private static Message message(Ending ending) {
    return switch (ending) {
      case Ending.Refused refused -> Message.sentence(refused.reason());
      case Ending.Answered answered -> answered.message();
      case Ending.Opened(Job job, var _, var _) -> Message.sentence("job " + job.number());
    };
  }

  /** A file cannot be whispered: what is for one person's eyes goes into their direct messages. */
  private Optional<Outbound> file(Outbound answer, Asked asked) {
    String name = "answer-" + asked.id() + ".txt";
    String title = "The whole answer to: " + asked.text();
    return switch (answer) {
      case Outbound.Shown(Place place, Message message, var _, var asker)
          when !fits.test(message) ->
          Optional.of(new Outbound.Attached(place, name, title, PlainText.of(message), asker));
      case Outbound.Whispered(var _, String user, Message message) when !fits.test(message) ->
          Optional.of(
              new Outbound.Attached(Place.directWith(user), name, title, PlainText.of(message)));
      case Outbound.Shown _,
          Outbound.Whispered _,
          Outbound.Attached _,
          Outbound.Reacted _,
          Outbound.Home _,
          Outbound.Below _,
          Outbound.Pulse _ ->
          Optional.empty();
    };
  }
}
