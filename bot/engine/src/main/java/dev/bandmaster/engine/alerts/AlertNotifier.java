package dev.bandmaster.engine.alerts;

import dev.bandmaster.core.alert.AlertEffect;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertGroupMachine;
import dev.bandmaster.core.alert.Destination;
import dev.bandmaster.core.alert.ThreadUpdate;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.fleet.Severity;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people are to see of an episode, as items of the outbox: its message once in each channel,
 * and what is said in the threads.
 *
 * @param owner the id of the person who is notified that a channel refuses alerts
 */
public record AlertNotifier(AlertRenderer renderer, Optional<String> owner) {

  private static final String MESSAGE = "alert:";

  /** More names than this are a file. */
  private static final int NAMES = 200;

  /** The outbox item that is an episode's message in a channel. */
  public static String item(AlertGroup episode, String channel) {
    return MESSAGE + episode.id() + ":" + channel;
  }

  /** The id of the episode whose message an item of the outbox is, or a word in its thread. */
  public static Optional<String> idOf(String item) {
    return item.startsWith(MESSAGE)
        ? Optional.of(item.substring(MESSAGE.length()).split(":", 2)[0])
        : Optional.empty();
  }

  /** What is to be kept of a step, beside the episode itself. */
  List<Change> changes(AlertGroupMachine.Step step) {
    AlertGroup episode = step.episode();
    List<Change> changes = new ArrayList<>();
    for (AlertEffect effect : step.effects()) {
      switch (effect) {
        case AlertEffect.Draw(boolean urgent) ->
            posts(episode)
                .forEach(post ->
                    changes.add(
                        new Change.PostMessage(
                            item(episode, post.channel()),
                            new Outbound.ChannelMessage(
                                place(post.channel()), renderer.message(episode, post), false),
                            urgency(episode, urgent))));
        case AlertEffect.Say say ->
            posts(episode).forEach(post -> changes.add(reply(episode, post, say)));
        case AlertEffect.Complain(String channel, String reason) ->
            owner.ifPresent(user -> changes.add(complaint(episode, user, channel, reason)));
      }
    }
    return changes;
  }

  /** What is critical, and that it is over, overtakes the rest of a channel's alerts. */
  private static Urgency urgency(AlertGroup episode, boolean urgent) {
    return urgent && episode.severity() == Severity.CRITICAL ? Urgency.NOW : Urgency.SOON;
  }

  private static List<Destination> posts(AlertGroup episode) {
    return episode.state().posts();
  }

  private static ConversationRef place(String channel) {
    return new ConversationRef(channel, ConversationRef.Kind.CHANNEL, Optional.empty());
  }

  private Change reply(AlertGroup episode, Destination post, AlertEffect.Say say) {
    String root = item(episode, post.channel());
    Outbound reply =
        say.word() instanceof ThreadUpdate.Everybody(List<String> names) && names.size() > NAMES
            ? new Outbound.FileAttachment(
                place(post.channel()),
                "alert-%d.txt".formatted(episode.number()),
                "All %d".formatted(names.size()),
                String.join("\n", names) + "\n")
            : new Outbound.ChannelMessage(
                place(post.channel()), renderer.reply(say.word()), say.broadcast());
    return new Change.PostMessage(
        root + ":" + say.number(), new Outbound.ThreadReply(root, reply), Urgency.SOON);
  }

  private static Change complaint(AlertGroup episode, String user, String channel, String reason) {
    return new Change.PostMessage(
        "alert-refused:" + episode.id() + ":" + channel,
        new Outbound.ChannelMessage(
            ConversationRef.directWith(user),
            Message.of(
                new Message.Paragraph(
                    Text.plain("I could not post alert %d in ".formatted(episode.number()))
                        .channel(channel)
                        .and(
                            ": "
                                + reason
                                + " Its alerts go to the fallback channel until this is fixed."))),
            false),
        Urgency.NOW);
  }
}
