package dev.bandmaster.engine.home;

import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.engine.home.HomeTabView.Environment;
import dev.bandmaster.engine.home.HomeTabView.Fleet;
import dev.bandmaster.engine.home.HomeTabView.OwnJob;
import dev.bandmaster.engine.home.HomeTabView.Waiting;
import dev.bandmaster.engine.view.ApprovalButtons;
import dev.bandmaster.engine.view.ApprovalText;
import dev.bandmaster.engine.view.DifferenceText;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Draws a home tab. Pure, and without the present moment: what has not changed is drawn the same,
 * so it need not be sent again.
 */
final class HomeTabRenderer {
  /** Requests shown with their buttons; a home tab has 100 blocks, and each takes up to four. */
  static final int MOST_WAITING = 10;

  static final int MOST_ALERTS = 10;

  /** Environments shown. */
  private static final int MOST_ENVIRONMENTS = 15;

  private HomeTabRenderer() {}

  static Message draw(HomeTabView view) {
    return switch (view) {
      case HomeTabView.Closed(String reason) -> Message.sentence(reason);
      case HomeTabView.Open open -> draw(open);
    };
  }

  private static Message draw(HomeTabView.Open open) {
    List<Block> blocks = new ArrayList<>();
    if (!open.forms().isEmpty()) {
      blocks.add(new Message.Buttons(open.forms()));
    }
    waiting(open.waiting(), blocks);
    jobs(open.jobs(), blocks);
    open.fleet()
        .ifPresent(fleet -> {
          environments(fleet, blocks);
          alerts(fleet, blocks);
        });
    blocks.add(new Message.Divider());
    blocks.add(
        footnote("For commands, type `help` in the Messages tab. Replies to clicks appear there."));
    return new Message(blocks);
  }

  private static void waiting(List<Waiting> waiting, List<Block> blocks) {
    blocks.add(new Message.Header("Waiting for you"));
    if (waiting.isEmpty()) {
      blocks.add(footnote("Nothing awaits your approval."));
    }
    for (Waiting each : waiting.subList(0, Math.min(waiting.size(), MOST_WAITING))) {
      blocks.add(new Message.Paragraph(ApprovalText.line(each.approval())));
      List<String> differences = DifferenceText.of(each.job().work().differences());
      if (!differences.isEmpty()) {
        blocks.add(new Message.Footnote(lines(differences)));
      }
      List<Button> buttons = ApprovalButtons.of(each.approval(), each.job());
      if (!buttons.isEmpty()) {
        blocks.add(new Message.Buttons(buttons));
      }
    }
    if (waiting.size() > MOST_WAITING) {
      blocks.add(footnote("Showing the oldest %d. For more: `pending`.".formatted(MOST_WAITING)));
    }
  }

  private static Text lines(List<String> lines) {
    Text text = Text.EMPTY;
    for (String line : lines) {
      text = (text.spans().isEmpty() ? text : text.newLine()).and(line);
    }
    return text;
  }

  private static void jobs(List<OwnJob> jobs, List<Block> blocks) {
    blocks.add(new Message.Header("Your jobs"));
    if (jobs.isEmpty()) {
      blocks.add(footnote("You have no jobs yet."));
    }
    for (OwnJob job : jobs) {
      blocks.add(new Message.Paragraph(line(job.line())));
      if (!job.buttons().isEmpty()) {
        blocks.add(new Message.Buttons(job.buttons()));
      }
    }
  }

  private static Text line(Jobs.Line job) {
    return Text.plain(JobText.sign(job.status()) + " ")
        .bold("job " + job.number())
        .and("  ")
        .code(job.title())
        .and(
            "  %s · %d of %d nodes ok · %s "
                .formatted(
                    JobText.of(job.status()),
                    job.good(),
                    job.nodes(),
                    job.ended().isPresent() ? "ended" : "requested"))
        .moment(job.ended().orElse(job.created()));
  }

  private static void environments(Fleet fleet, List<Block> blocks) {
    blocks.add(new Message.Header("Fleet"));
    if (fleet.environments().isEmpty()) {
      blocks.add(footnote("No nodes yet."));
      return;
    }
    List<Environment> shown = fleet.environments().stream().limit(MOST_ENVIRONMENTS).toList();
    for (Environment each : shown) {
      Text text =
          Text.plain(sign(each) + " ")
              .bold(each.name())
              .and("  %d of %d nodes present".formatted(each.present(), each.expected()));
      for (String application : each.versions().keySet().stream().sorted().toList()) {
        text =
            text.newLine()
                .and("      " + application + " ")
                .and(versions(each.versions().getOrDefault(application, Map.of())));
      }
      blocks.add(new Message.Paragraph(text));
    }
    if (shown.size() < fleet.environments().size()) {
      int more = fleet.environments().size() - shown.size();
      blocks.add(footnote("… and %d more environments.".formatted(more)));
    }
  }

  /** One version needs no number; of several each says on how many nodes it runs. */
  private static Text versions(Map<String, Integer> nodes) {
    Text text = Text.EMPTY;
    for (String version : nodes.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
      text = text.spans().isEmpty() ? text : text.and(", ");
      text = version.isEmpty() ? text.and("not deployed") : text.code(version);
      text =
          nodes.size() == 1 ? text : text.and(" on %d".formatted(nodes.getOrDefault(version, 0)));
    }
    return text;
  }

  private static String sign(Environment environment) {
    if (environment.expected() == 0) {
      return "⚪";
    }
    if (environment.present() == environment.expected()) {
      return "🟢";
    }
    return environment.present() == 0 ? "🔴" : "🟠";
  }

  private static void alerts(Fleet fleet, List<Block> blocks) {
    blocks.add(new Message.Header("Open alerts"));
    if (fleet.alerts().isEmpty()) {
      blocks.add(footnote("No open alerts."));
    }
    fleet.alerts().stream()
        .limit(MOST_ALERTS)
        .forEach(alert -> {
          blocks.add(new Message.Paragraph(alert.text()));
          alert.acknowledge().ifPresent(button -> blocks.add(new Message.Buttons(List.of(button))));
        });
    Optional.of(fleet.alerts().size() - MOST_ALERTS)
        .filter(more -> more > 0)
        .ifPresent(more -> blocks.add(footnote("… and %d more.".formatted(more))));
  }

  private static Block footnote(String text) {
    return new Message.Footnote(Text.sentence(text));
  }
}
