package dev.bandmaster.bot.outbox;

import dev.bandmaster.bot.chat.Chat.Sent;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.Outbox;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the person who waits for an item is told in a direct message when Slack will never take it:
 * what could not be said, where, and what to do. Where only the place is at fault the message
 * itself follows. There is one apology for an item, redrawn if the item is refused again; nobody
 * waits for an apology, so a refused one leads to nothing more.
 */
final class Apology {

  private Apology() {}

  static Optional<Change.Show> of(Outbox.Item item, Sent.Rejected rejected) {
    Outbound content = item.content();
    return content
        .awaitedBy()
        .map(user ->
            new Change.Show(
                "apology:" + item.id(),
                new Outbound.Shown(Place.directWith(user), message(content, rejected), false),
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
          .filter(block -> !(block instanceof Message.Buttons))
          .forEach(blocks::add);
    }
    return new Message(blocks);
  }

  private static String what(Outbound content) {
    return switch (content) {
      case Outbound.Shown _, Outbound.Whispered _ -> "my answer to you";
      case Outbound.Attached attached -> "the file " + attached.name();
      case Outbound.Reacted _ -> "a reaction";
      case Outbound.Home _ -> "the home tab";
      case Outbound.Pulse _ -> "a sign of life";
      case Outbound.Below below -> what(below.reply());
    };
  }

  private static List<Message.Block> said(Outbound content) {
    return switch (content) {
      case Outbound.Shown shown -> shown.message().blocks();
      case Outbound.Whispered whispered -> whispered.message().blocks();
      case Outbound.Below below -> said(below.reply());
      case Outbound.Attached _, Outbound.Reacted _, Outbound.Home _, Outbound.Pulse _ -> List.of();
    };
  }
}
