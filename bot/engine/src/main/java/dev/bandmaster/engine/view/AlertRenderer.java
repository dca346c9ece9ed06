package dev.bandmaster.engine.view;

import dev.bandmaster.core.alert.Acknowledgement;
import dev.bandmaster.core.alert.Alert;
import dev.bandmaster.core.alert.AlertAction;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.AlertGroupDraft;
import dev.bandmaster.core.alert.AlertText;
import dev.bandmaster.core.alert.Destination;
import dev.bandmaster.core.alert.GroupedAlert;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.alert.ThreadUpdate;
import dev.bandmaster.core.chat.TimeText;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws an episode from its state and nothing else, and what is said in its thread.
 *
 * @param times how moments are written
 */
public record AlertRenderer(TimeText times) {

  private static final int SHOWN = AlertGroupDraft.SHOWN;

  /** Names in one thread message; more of them come as a file. */
  static final int NAMES_IN_A_MESSAGE = 200;

  /** Characters of a header in the chat service. */
  private static final int HEADER = 150;

  /** The message in one of its channels. */
  public Message message(AlertGroup episode, Destination post) {
    List<Block> blocks = new ArrayList<>(body(episode));
    if (!post.mention().isEmpty() && !episode.hasEnded()) {
      blocks.add(1, new Message.Paragraph(MentionText.of(post.mention())));
    }
    if (!post.insteadOf().isEmpty()) {
      blocks.add(
          new Message.Footnote(
              Text.plain("Posted here because ")
                  .channel(post.insteadOf())
                  .and(" rejects the bot's messages.")));
    }
    if (!episode.firing().isEmpty()) {
      blocks.addAll(buttons(episode));
    }
    return new Message(blocks);
  }

  /** The same with all it has, for one person's eyes. */
  public Message details(AlertGroup episode) {
    List<Block> blocks = new ArrayList<>(body(episode));
    episode.firing().stream()
        .filter(member -> !member.alert().labels().isEmpty())
        .limit(SHOWN)
        .forEach(member ->
            blocks.add(
                new Message.Footnote(
                    Text.plain(
                        member.alert().name()
                            + ": "
                            + AlertText.names(
                                member.alert().labels().entrySet().stream()
                                    .map(label -> label.getKey() + "=" + label.getValue())
                                    .sorted()
                                    .toList(),
                                SHOWN)))));
    List<String> names =
        episode.firing().stream().flatMap(member -> member.alert().names().stream()).toList();
    if (names.size() > SHOWN) {
      blocks.add(new Message.Paragraph(Text.plain(AlertText.names(names, NAMES_IN_A_MESSAGE))));
    }
    if (!episode.firing().isEmpty() && episode.isClosable()) {
      blocks.add(
          new Message.Buttons(List.of(button(AlertAction.CLOSE, episode, "Close this alert"))));
    }
    return new Message(blocks);
  }

  private List<Block> body(AlertGroup episode) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Message.Header(header(episode)));
    List<GroupedAlert> firing = episode.firing();
    firing.stream().limit(SHOWN).forEach(member -> blocks.add(line(member)));
    if (firing.size() > SHOWN) {
      blocks.add(
          new Message.Paragraph(Text.plain("… and %d more.".formatted(firing.size() - SHOWN))));
    }
    recovered(episode).ifPresent(blocks::add);
    episode
        .state()
        .acknowledged()
        .ifPresent(by -> {
          if (!firing.isEmpty()) {
            blocks.add(
                new Message.Paragraph(
                    Text.plain("👀 ")
                        .person(by.user())
                        .and(" acknowledged this at ")
                        .time(by.at())
                        .and(".")));
          }
        });
    episode
        .state()
        .silence()
        .ifPresent(silence -> blocks.add(new Message.Paragraph(Text.plain(words(silence)))));
    blocks.add(new Message.Footnote(footnote(episode)));
    return blocks;
  }

  private static String header(AlertGroup episode) {
    String sign =
        episode.firing().isEmpty()
            ? "✅"
            : episode.state().silence().isPresent() ? "🔕" : AlertText.sign(episode.severity());
    String header =
        episode.firing().isEmpty()
            ? "%s Resolved: %s".formatted(sign, AlertText.headline(episode))
            : "%s %s".formatted(sign, AlertText.headline(episode));
    return header.length() > HEADER ? header.substring(0, HEADER - 1) + "…" : header;
  }

  private Block line(GroupedAlert member) {
    Alert alert = member.alert();
    Text text = Text.EMPTY.bold(alert.name()).and(" " + alert.text());
    if (!alert.names().isEmpty()) {
      text = text.and(": " + AlertText.names(alert.names(), SHOWN));
    }
    if (member.count() > 1 && alert.quiet().isPresent()) {
      text = text.and(" (%d times, last %s)".formatted(member.count(), times.clock(member.last())));
    }
    return new Message.Paragraph(text);
  }

  private Optional<Block> recovered(AlertGroup episode) {
    List<GroupedAlert> recovered = episode.recovered();
    if (recovered.isEmpty()) {
      return Optional.empty();
    }
    if (recovered.size() == 1) {
      GroupedAlert member = recovered.getFirst();
      return Optional.of(
          new Message.Paragraph(
              Text.plain("✅ ")
                  .bold(member.alert().name())
                  .and(
                      " recovered at "
                          + times.clock(member.ended().orElse(member.last()))
                          + ", after "
                          + lasted(member))));
    }
    return Optional.of(
        new Message.Paragraph(
            Text.plain(
                "✅ "
                    + AlertText.names(
                        recovered.stream().map(member -> member.alert().name()).toList(), SHOWN)
                    + " recovered")));
  }

  private static String lasted(GroupedAlert member) {
    Duration lasted =
        Duration.between(member.alert().since(), member.ended().orElse(member.last()));
    return Spans.words(lasted.isNegative() ? Duration.ZERO : lasted);
  }

  private static Text footnote(AlertGroup episode) {
    Text text =
        Text.plain(
                "Alert %d, %s · since "
                    .formatted(episode.number(), AlertText.of(episode.severity())))
            .moment(episode.since());
    return episode.state().over().map(text.and(" · resolved ")::time).orElse(text);
  }

  /** Acknowledge, Silence and Details, in one row. */
  private static List<Block> buttons(AlertGroup episode) {
    List<Block> row = new ArrayList<>();
    if (episode.state().acknowledged().isEmpty()) {
      row.add(new Message.Buttons(List.of(acknowledge(episode))));
    }
    if (episode.state().silence().isEmpty()) {
      row.add(
          new Message.Menu(
              "Silence",
              List.of(
                  button(AlertAction.SILENCE_30M, episode, "For 30 minutes"),
                  button(AlertAction.SILENCE_2H, episode, "For 2 hours"),
                  button(AlertAction.SILENCE_8H, episode, "For 8 hours"),
                  button(AlertAction.SILENCE_UNTIL, episode, "Until…"))));
    }
    row.add(new Message.Buttons(List.of(button(AlertAction.DETAILS, episode, "Details"))));
    return row;
  }

  /** The button that says that somebody takes care. */
  public static Button acknowledge(AlertGroup episode) {
    return new Button(
        AlertAction.ACKNOWLEDGE.id(),
        Long.toString(episode.number()),
        "Acknowledge",
        Button.Style.PRIMARY,
        Optional.empty());
  }

  private static Button button(AlertAction action, AlertGroup episode, String label) {
    return new Button(
        action.id(), Long.toString(episode.number()), label, Button.Style.PLAIN, Optional.empty());
  }

  /** Who silenced what until when, and why. */
  public String words(Silence silence) {
    String reason =
        silence.reason().isEmpty() ? "." : ": " + silence.reason().replaceFirst("\\.+$", "") + ".";
    return switch (silence.kind()) {
      case SILENCE ->
          "🔕 Silenced until %s by %s%s"
              .formatted(times.of(silence.until()), silence.author(), reason);
      case MAINTENANCE ->
          "🔧 In maintenance until %s, by %s%s"
              .formatted(times.of(silence.until()), silence.author(), reason);
    };
  }

  /** The same in a list: its number, what it is about, and how much of it is left. */
  public Text line(Silence silence, Instant now) {
    String left =
        silence.standsAt(now)
            ? Spans.words(Duration.between(now, silence.until())) + " left"
            : "not started yet";
    return Text.plain(words(silence))
        .and(" (%d: %s; %s)".formatted(silence.number(), silence.what(), left));
  }

  /** What is said in the thread. */
  public Message reply(ThreadUpdate word) {
    return switch (word) {
      case ThreadUpdate.Added(var members) -> Message.of(new Message.Paragraph(added(members)));
      case ThreadUpdate.Recovered(var members, boolean all) ->
          Message.of(new Message.Paragraph(wellAgain(members, all)));
      case ThreadUpdate.Acknowledged(var by) ->
          Message.of(
              new Message.Paragraph(
                  Text.plain("👀 ").person(by.user()).and(" acknowledged this.")));
      case ThreadUpdate.Lapsed(var by, String reason) ->
          Message.of(
              new Message.Paragraph(
                  Text.plain("⏰ ")
                      .person(by.user())
                      .and(" acknowledged this; " + reason + ". Someone should look again.")));
      case ThreadUpdate.Silenced(var silence) -> Message.sentence(words(silence));
      case ThreadUpdate.SilenceOver(int firing) ->
          Message.sentence(
              "🔔 The silence ended and %s."
                  .formatted(
                      firing == 1 ? "this is still firing" : firing + " alerts are still firing"));
      case ThreadUpdate.Reminder(int firing) ->
          Message.sentence(
              "⏰ Nobody has acknowledged this and %s still firing."
                  .formatted(firing == 1 ? "it is" : firing + " are"));
      case ThreadUpdate.Closed(String name) -> Message.sentence("✅ Closed by " + name + ".");
      case ThreadUpdate.Everybody(var names) ->
          Message.sentence(
              "All %d: %s".formatted(names.size(), AlertText.names(names, NAMES_IN_A_MESSAGE)));
    };
  }

  private static Text added(List<GroupedAlert> members) {
    if (members.size() == 1) {
      Alert alert = members.getFirst().alert();
      return Text.plain(AlertText.sign(alert.severity()) + " ")
          .bold(alert.name())
          .and(" " + alert.text());
    }
    return Text.plain(
        "%s %d more: %s"
            .formatted(
                AlertText.sign(members.getFirst().alert().severity()),
                members.size(),
                AlertText.names(
                    members.stream().map(member -> member.alert().name()).toList(), SHOWN)));
  }

  private static Text wellAgain(List<GroupedAlert> members, boolean all) {
    String names =
        AlertText.names(members.stream().map(member -> member.alert().name()).toList(), SHOWN);
    String lasted = members.size() == 1 ? " after " + lasted(members.getFirst()) : "";
    return Text.plain("✅ ")
        .bold(names)
        .and(" recovered" + lasted + (all ? ". All recovered." : "."));
  }

  /** An episode in one line of a list. */
  public Text line(AlertGroup episode) {
    Text line = Text.EMPTY.bold(Long.toString(episode.number())).and(" " + header(episode));
    List<String> names = episode.firing().stream().map(member -> member.alert().name()).toList();
    if (!names.isEmpty()) {
      line = line.and(" · " + AlertText.names(names, SHOWN));
    }
    line = line.and(" · since ").moment(episode.since());
    return episode
        .state()
        .acknowledged()
        .map(Acknowledgement::user)
        .map(line.and(" · ")::person)
        .orElse(line);
  }
}
