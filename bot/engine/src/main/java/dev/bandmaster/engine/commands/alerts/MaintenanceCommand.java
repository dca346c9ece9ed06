package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code maintenance}: somebody is at work, and nobody is notified of nodes that go down by it. */
final class MaintenanceCommand implements Command.ActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
              "maintenance",
              List.of(),
              "announces maintenance: nodes may be down",
              List.of(
                  Parameter.positional("env", new Parameter.Type.Environment(), "where"),
                  Parameter.named(
                      "app", new Parameter.Type.Application(), "only nodes with this application"),
                  Parameter.named("node", new Parameter.Type.Word(), "only this node"),
                  Parameter.named(
                      "for", new Parameter.Type.Span(), "how long, instead of an end time"),
                  Parameter.rest("when", new Parameter.Type.Text(), "end time, reason")),
              List.of(
                  "maintenance prod --node web1 --for 1h new memory", "maintenance staging 18:30"))
          .about(Topic.ALERTS);

  private final SilenceCreator quieting;

  MaintenanceCommand(SilenceCreator quieting) {
    this.quieting = quieting;
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    Map<String, String> matchers = new LinkedHashMap<>();
    matchers.put("env", arguments.word("env"));
    arguments.find("app").ifPresent(app -> matchers.put("app", app));
    arguments.find("node").ifPresent(node -> matchers.put("node", node));
    return quieting.of(
        asker,
        Silence.Kind.MAINTENANCE,
        matchers,
        arguments.find("when").orElse(""),
        arguments.span("for"),
        silence ->
            "%s Nodes that are down at the end raise alerts. To end it early: `unsilence %d`. To see the time left: `silences`."
                .formatted(quieting.renderer().words(silence), silence.number()));
  }
}
