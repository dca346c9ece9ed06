package dev.bandmaster.agent.logs;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionDeclaration.Weight;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.action.AgentModule;
import dev.bandmaster.agent.action.Schemas;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.config.LogsConfig;
import dev.bandmaster.config.LogsConfig.Source;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/** Shows the last lines of logs that the configuration declares, and what is added to them. */
public final class LogModule implements AgentModule {

  /** What the bus routes by. */
  public static final String CAPABILITY = "logs";

  /** How long a log can be followed, and a little more. */
  private static final Duration LONGEST = Duration.ofMinutes(6);

  private final LogsConfig config;
  private final Supervisor supervisor;
  private final InstantSource clock;
  private final ZoneId zone;

  /**
   * A module that shows these logs.
   *
   * @param zone of the times in lines that do not say their zone
   */
  public LogModule(LogsConfig config, Supervisor supervisor, InstantSource clock, ZoneId zone) {
    this.config = config;
    this.supervisor = supervisor;
    this.clock = clock;
    this.zone = zone;
  }

  @Override
  public String capability() {
    return CAPABILITY;
  }

  @Override
  public List<ActionDeclaration> actions() {
    return List.of(
        new ActionDeclaration(
            "read",
            "Shows the last lines of a log.",
            Weight.JOB,
            Schemas.beside(LogModule.class, "read.schema.json"),
            LONGEST,
            this::read));
  }

  private ActionOutcome read(ActionContext context) throws InterruptedException {
    LogQuery query = LogQuery.of(context.arguments(), clock.instant());
    Source source = config.sources().get(query.app());
    if (source == null) {
      return ActionOutcome.failed(
          "This node's configuration declares no logs of %s; it has %s."
              .formatted(
                  query.app(),
                  config.sources().isEmpty()
                      ? "none"
                      : String.join(", ", config.sources().keySet())));
    }
    return switch (source) {
      case Source.Files(var files) ->
          new FileLogs(files, query, config.redact(), context, zone).show();
      case Source.Journal(String unit) ->
          new JournalLog(unit, config.journalctl(), query, config.redact(), context, supervisor)
              .show();
    };
  }
}
