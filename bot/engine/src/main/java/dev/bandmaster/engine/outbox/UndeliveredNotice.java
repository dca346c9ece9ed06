package dev.bandmaster.engine.outbox;

import dev.bandmaster.core.chat.Chat.Sent;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The direct message to the person who waits for an item that the chat will never take it: what
 * could not be said, where, and what to do, with the content of it. Where only the place is at
 * fault that is the message itself; otherwise it is its text, as its form may be what the chat
 * refuses. There is one apology for an item, redrawn if the item is refused again; nobody waits for
 * an apology, so a refused one leads to nothing more. A program that asked by the API has its
 * answer without the chat.
 */
final class UndeliveredNotice {

  /** Characters of a refused content that are shown: well below what any chat takes. */
  private static final int LONGEST_TEXT = 2_500;

  private UndeliveredNotice() {}

  static Optional<Change.PostMessage> of(Outbox.Item item, Sent.Rejected rejected) {
    Outbound content = item.content();
    return content
        .awaitedBy()
        .filter(_ -> !content.channel().equals(ConversationRef.API_CHANNEL))
        .map(user ->
            new Change.PostMessage(
                "apology:" + item.id(),
                new Outbound.ChannelMessage(
                    ConversationRef.directWith(user), message(content, rejected), false),
                Urgency.NOW));
  }

  private static Message message(Outbound content, Sent.Rejected rejected) {
    List<Message.Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.plain("I could not post " + what(content) + " in ")
                .channel(content.channel())
                .and(": " + rejected.reason())));
    if (rejected.place()) {
      said(content).stream()
          .filter(block -> !(block instanceof Message.Buttons || block instanceof Message.Menu))
          .forEach(blocks::add);
    }
    if (blocks.size() == 1) {
      String text = text(content);
      if (!text.isBlank()) {
        blocks.add(new Message.Preformatted(cut(text)));
      }
    }
    return new Message(blocks);
  }

  private static String text(Outbound content) {
    return content instanceof Outbound.FileAttachment attached
        ? attached.content()
        : content instanceof Outbound.ThreadReply below
            ? text(below.reply())
            : PlainText.of(new Message(said(content)));
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LONGEST_TEXT) - 1))
            + "\n… %d more characters".formatted(text.length() - LONGEST_TEXT);
  }

  private static String what(Outbound content) {
    return switch (content) {
      case Outbound.ChannelMessage _, Outbound.Ephemeral _ -> "my reply to you";
      case Outbound.FileAttachment attached -> "the file " + attached.name();
      case Outbound.Reaction _ -> "a reaction";
      case Outbound.HomeTab _ -> "the home tab";
      case Outbound.Heartbeat _ -> "a heartbeat";
      case Outbound.ThreadReply below -> what(below.reply());
    };
  }

  private static List<Message.Block> said(Outbound content) {
    return switch (content) {
      case Outbound.ChannelMessage shown -> shown.message().blocks();
      case Outbound.Ephemeral whispered -> whispered.message().blocks();
      case Outbound.ThreadReply below -> said(below.reply());
      case Outbound.FileAttachment _,
          Outbound.Reaction _,
          Outbound.HomeTab _,
          Outbound.Heartbeat _ ->
          List.of();
    };
  }
}
