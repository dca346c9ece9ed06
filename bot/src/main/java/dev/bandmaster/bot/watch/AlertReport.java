package dev.bandmaster.bot.watch;

import dev.bandmaster.bot.alert.AlertArtist;
import dev.bandmaster.bot.alert.AlertEffect;
import dev.bandmaster.bot.alert.Episode;
import dev.bandmaster.bot.alert.EpisodeMachine;
import dev.bandmaster.bot.alert.Post;
import dev.bandmaster.bot.alert.Word;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.node.Severity;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people are to see of an episode, as items of the outbox: its message once in each channel,
 * and what is said in the threads.
 *
 * @param owner the id of the person who hears that a channel refuses alerts
 */
public record AlertReport(AlertArtist artist, Optional<String> owner) {

  /** More names than this are a file. */
  private static final int NAMES = 200;

  /** The outbox item that is an episode's message in a channel. */
  public static String item(Episode episode, String channel) {
    return "alert:" + episode.id() + ":" + channel;
  }

  /** What is to be kept of a step, beside the episode itself. */
  List<Change> changes(EpisodeMachine.Step step) {
    Episode episode = step.episode();
    List<Change> changes = new ArrayList<>();
    for (AlertEffect effect : step.effects()) {
      switch (effect) {
        case AlertEffect.Draw(boolean urgent) ->
            posts(episode)
                .forEach(post ->
                    changes.add(
                        new Change.Show(
                            item(episode, post.channel()),
                            new Outbound.Shown(
                                place(post.channel()), artist.message(episode, post), false),
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
  private static Urgency urgency(Episode episode, boolean urgent) {
    return urgent && episode.severity() == Severity.CRITICAL ? Urgency.NOW : Urgency.SOON;
  }

  private static List<Post> posts(Episode episode) {
    return episode.state().posts();
  }

  private static Place place(String channel) {
    return new Place(channel, Place.Kind.CHANNEL, Optional.empty());
  }

  private Change reply(Episode episode, Post post, AlertEffect.Say say) {
    String root = item(episode, post.channel());
    Outbound reply =
        say.word() instanceof Word.Everybody(List<String> names) && names.size() > NAMES
            ? new Outbound.Attached(
                place(post.channel()),
                "alert-%d.txt".formatted(episode.number()),
                "All %d".formatted(names.size()),
                String.join("\n", names) + "\n")
            : new Outbound.Shown(place(post.channel()), artist.reply(say.word()), say.broadcast());
    return new Change.Show(
        root + ":" + say.number(), new Outbound.Below(root, reply), Urgency.SOON);
  }

  private static Change complaint(Episode episode, String user, String channel, String reason) {
    return new Change.Show(
        "alert-refused:" + episode.id() + ":" + channel,
        new Outbound.Shown(
            Place.directWith(user),
            Message.of(
                new Message.Paragraph(
                    Text.plain("I could not post alert %d in ".formatted(episode.number()))
                        .channel(channel)
                        .and(
                            ": "
                                + reason
                                + " Until that is mended alerts for it go to the fallback channel."))),
            false),
        Urgency.NOW);
  }
}
