package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Text;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code alerts}, {@code alert} and {@code silences}: what is wrong, and what nobody is told. */
final class AlertList {

  /** Lines of a list: one message holds 50 blocks. */
  private static final int MOST_SHOWN = 20;

  static final CommandDeclaration ALERTS =
      new CommandDeclaration(
          "alerts", List.of(), "lists what is wrong now", List.of(), List.of("alerts"));

  static final CommandDeclaration ALERT =
      new CommandDeclaration(
          "alert",
          List.of(),
          "shows all of an alert",
          List.of(AlertActions.NUMBER),
          List.of("alert 12"));

  static final CommandDeclaration SILENCES =
      new CommandDeclaration(
          "silences",
          List.of(),
          "lists what nobody is told of for now",
          List.of(),
          List.of("silences"));

  private final Alerts alerts;
  private final AlertRenderer artist;
  private final InstantSource clock;

  AlertList(Alerts alerts, AlertRenderer artist, InstantSource clock) {
    this.alerts = alerts;
    this.artist = artist;
    this.clock = clock;
  }

  Message alerts() {
    long count = alerts.count();
    List<Block> blocks = new ArrayList<>();
    if (count == 0) {
      blocks.add(new Message.Paragraph(Text.plain("✅ Nothing is wrong that I know of.")));
    }
    alerts
        .open(MOST_SHOWN)
        .forEach(episode -> blocks.add(new Message.Paragraph(artist.line(episode))));
    if (count > MOST_SHOWN) {
      blocks.add(
          new Message.Footnote(Text.plain("… and %d older ones.".formatted(count - MOST_SHOWN))));
    }
    blocks.addAll(quiet());
    return new Message(blocks);
  }

  Message alert(Arguments arguments) {
    return AlertActions.find(alerts, arguments)
        .map(artist::details)
        .orElseGet(() ->
            Message.sentence(
                "There is no alert %s. 'alerts' lists them.".formatted(arguments.word("alert"))));
  }

  Message silences() {
    List<Block> quiet = quiet();
    return quiet.isEmpty()
        ? Message.sentence("Nothing is silenced, and nothing is in maintenance.")
        : new Message(quiet);
  }

  private List<Block> quiet() {
    Instant now = clock.instant();
    return alerts.silences().stream()
        .limit(MOST_SHOWN)
        .<Block>map(silence -> new Message.Paragraph(artist.line(silence, now)))
        .toList();
  }
}
