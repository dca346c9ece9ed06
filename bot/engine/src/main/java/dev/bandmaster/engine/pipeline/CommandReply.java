package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.engine.view.StatusReaction;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the requester learns the result: an answer where the question was, a mark on the question,
 * and a file with the whole answer where a message cannot hold it.
 *
 * @param fits whether a message can be shown whole
 */
public record CommandReply(Predicate<Message> fits) {
  /** What a command that is over leaves behind for people. */
  public List<Change> of(CommandRequest asked, CommandResult ending) {
    Outbound answer =
        asked.manner() == CommandRequest.Manner.SCHEDULED
                || asked.manner() == CommandRequest.Manner.RUNBOOK
            ? scheduled(asked, ending)
            : answer(asked.place(), asked.sender().user(), ending, asked.question().isPresent());
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.PostMessage("answer:" + asked.id(), answer, Urgency.NOW));
    file(answer, asked)
        .ifPresent(file ->
            changes.add(new Change.PostMessage("answer-file:" + asked.id(), file, Urgency.SOON)));
    asked
        .question()
        .ifPresent(question ->
            changes.add(
                StatusReaction.ended(
                    asked.place(), question, !(ending instanceof CommandResult.Refused))));
    return changes;
  }

  /** Something said to the asker alone where others could read it, which answers no question. */
  public Change beside(CommandRequest asked, Message message) {
    return new Change.PostMessage(
        "answer:" + asked.id(),
        answer(asked.place(), asked.sender().user(), CommandResult.Answered.with(message), false),
        Urgency.NOW);
  }

  /** The answer to something that was no command. */
  public Change refused(String item, Inbound inbound, String reason) {
    return new Change.PostMessage(
        "answer:" + item,
        answer(
            inbound.place(), inbound.sender().user(), CommandResult.Refused.mistake(reason), false),
        Urgency.NOW);
  }

  /** The person who scheduled it may not be there now; a whisper would be lost. */
  private static Outbound scheduled(CommandRequest asked, CommandResult ending) {
    List<Message.Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.plain(asked.manner() == CommandRequest.Manner.RUNBOOK ? "📒 " : "⏰ ")
                .code(asked.text())
                .and(" for ")
                .person(asked.sender().user())));
    blocks.addAll(message(ending).blocks());
    return new Outbound.ChannelMessage(asked.place(), new Message(blocks), false);
  }

  /**
   * The answer, for all where all saw the question, for the asker's eyes where it is a refusal or
   * nobody else saw the question. In a DM there is nobody else.
   */
  private static Outbound answer(
      ConversationRef place, String user, CommandResult ending, boolean typedForAll) {
    boolean forAll =
        place.kind() == ConversationRef.Kind.DIRECT
            || place.isApi()
            || (typedForAll && ending instanceof CommandResult.Answered);
    Message message = message(ending);
    return forAll
        ? new Outbound.ChannelMessage(place, message, false).askedBy(user)
        : new Outbound.Ephemeral(place, user, message);
  }

  private static Message message(CommandResult ending) {
    return switch (ending) {
      case CommandResult.Refused refused -> Offers.of(refused);
      case CommandResult.Answered answered -> answered.message();
      case CommandResult.Opened(Job job, var _, var _) -> Message.sentence("job " + job.number());
    };
  }

  /** A file cannot be whispered: what is for one person's eyes goes into their direct messages. */
  private Optional<Outbound> file(Outbound answer, CommandRequest asked) {
    String name = "answer-" + asked.id() + ".txt";
    String title = "Full answer to: " + asked.text();
    return switch (answer) {
      case Outbound.ChannelMessage(ConversationRef place, Message message, var _, var asker)
          when !fits.test(message) ->
          Optional.of(
              new Outbound.FileAttachment(place, name, title, PlainText.of(message), asker));
      case Outbound.Ephemeral(var _, String user, Message message) when !fits.test(message) ->
          Optional.of(
              new Outbound.FileAttachment(
                  ConversationRef.directWith(user), name, title, PlainText.of(message)));
      case Outbound.ChannelMessage _,
          Outbound.Ephemeral _,
          Outbound.FileAttachment _,
          Outbound.Reaction _,
          Outbound.HomeTab _,
          Outbound.ThreadReply _,
          Outbound.Heartbeat _ ->
          Optional.empty();
    };
  }
}
