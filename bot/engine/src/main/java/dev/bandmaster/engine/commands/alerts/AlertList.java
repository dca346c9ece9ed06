package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.ThreadSubject;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code alerts}, {@code alert} and {@code silences}: what is wrong, and what nobody is notified.
 */
final class AlertList {

  /** Lines of a list: one message holds 50 blocks. */
  private static final int MOST_SHOWN = 20;

  static final CommandDeclaration ALERTS =
      new CommandDeclaration("alerts", List.of(), "lists open alerts", List.of(), List.of("alerts"))
          .about(Topic.ALERTS);

  static final CommandDeclaration ALERT =
      new CommandDeclaration(
              "alert",
              List.of(),
              "shows the details of an alert",
              List.of(AlertActions.NUMBER),
              List.of("alert 12"))
          .about(Topic.ALERTS);

  static final CommandDeclaration SILENCES =
      new CommandDeclaration(
              "silences",
              List.of(),
              "lists silences and maintenance",
              List.of(),
              List.of("silences"))
          .about(Topic.ALERTS);

  private final Alerts alerts;
  private final AlertRenderer renderer;
  private final InstantSource clock;

  AlertList(Alerts alerts, AlertRenderer renderer, InstantSource clock) {
    this.alerts = alerts;
    this.renderer = renderer;
    this.clock = clock;
  }

  Message alerts() {
    long count = alerts.count();
    List<Block> blocks = new ArrayList<>();
    if (count == 0) {
      blocks.add(new Message.Paragraph(Text.plain("✅ No open alerts.")));
    }
    alerts
        .open(MOST_SHOWN)
        .forEach(episode -> blocks.add(new Message.Paragraph(renderer.line(episode))));
    if (count > MOST_SHOWN) {
      blocks.add(new Message.Footnote(Text.plain("… and %d older.".formatted(count - MOST_SHOWN))));
    }
    blocks.addAll(quiet());
    return new Message(blocks);
  }

  /** {@code alert}, which needs no number in the alert's own thread. */
  Command.Answer details() {
    return new Command.Answer() {
      @Override
      public Message to(Asker asker, Arguments arguments) {
        return alert(arguments);
      }

      @Override
      public Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
        return AlertActions.number(subject, next).map(number -> ALERT.name() + " " + number);
      }
    };
  }

  private Message alert(Arguments arguments) {
    return AlertActions.find(alerts, arguments)
        .map(renderer::details)
        .orElseGet(() ->
            Message.sentence(
                "There is no alert %s. To list alerts: `alerts`."
                    .formatted(arguments.word("alert"))));
  }

  Message silences() {
    List<Block> quiet = quiet();
    return quiet.isEmpty()
        ? Message.sentence("No silences and no maintenance.")
        : new Message(quiet);
  }

  private List<Block> quiet() {
    Instant now = clock.instant();
    return alerts.silences().stream()
        .limit(MOST_SHOWN)
        .<Block>map(silence -> new Message.Paragraph(renderer.line(silence, now)))
        .toList();
  }
}
