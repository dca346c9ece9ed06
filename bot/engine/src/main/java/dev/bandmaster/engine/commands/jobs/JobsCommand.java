package dev.bandmaster.engine.commands.jobs;

import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code jobs}: what goes on, and what has ended last. */
final class JobsCommand implements Command.Answer {

  private static final int MOST = 15;

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "jobs",
          List.of(),
          "lists running and recent jobs",
          List.of(
              Parameter.positional("env", new Parameter.Type.Environment(), "only this environment")
                  .optional(),
              Parameter.positional("app", new Parameter.Type.Application(), "only this application")
                  .optional()),
          List.of("jobs", "jobs prod web"),
          CommandTraits.STANDARD.about(Topic.JOBS));

  private final Jobs jobs;
  private final InstantSource clock;

  JobsCommand(Jobs jobs, InstantSource clock) {
    this.jobs = jobs;
    this.clock = clock;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    List<Jobs.Line> lines =
        jobs.recent(arguments.find("env").orElse(""), arguments.find("app").orElse(""), MOST);
    if (lines.isEmpty()) {
      return Message.sentence(
          "No jobs%s%s yet."
              .formatted(
                  arguments.find("app").map(app -> " for " + app).orElse(""),
                  arguments.find("env").map(env -> " in " + env).orElse("")));
    }
    List<Block> blocks = new ArrayList<>();
    List<Block> plain =
        lines.stream().map(line -> (Block) new Message.Paragraph(text(line))).toList();
    blocks.add(
        new Message.Table(
            "Jobs, the newest first",
            List.of("Job", "Command", "For", "State", "Nodes ok", "When"),
            lines.stream().map(this::row).toList(),
            plain));
    if (lines.size() == MOST) {
      blocks.add(new Message.Footnote(Text.plain("Showing the newest " + MOST + ".")));
    }
    return new Message(blocks);
  }

  private List<Text> row(Jobs.Line line) {
    return List.of(
        Text.plain(Long.toString(line.number())),
        Text.EMPTY.code(line.title()),
        Text.plain(line.askerName()),
        Text.plain(JobText.sign(line.status()) + " " + JobText.of(line.status())),
        Text.plain("%d of %d".formatted(line.good(), line.nodes())),
        Text.EMPTY.moment(line.ended().orElse(line.created())));
  }

  private Text text(Jobs.Line line) {
    Duration ago = Duration.between(line.ended().orElse(line.created()), clock.instant());
    return Text.EMPTY
        .bold("job " + line.number())
        .and("  " + JobText.sign(line.status()) + " ")
        .code(line.title())
        .and(
            "  for %s · %s · %d of %d nodes ok · %s %s ago"
                .formatted(
                    line.askerName(),
                    JobText.of(line.status()),
                    line.good(),
                    line.nodes(),
                    line.ended().isPresent() ? "ended" : "requested",
                    Spans.words(ago.isNegative() ? Duration.ZERO : ago)));
  }
}
