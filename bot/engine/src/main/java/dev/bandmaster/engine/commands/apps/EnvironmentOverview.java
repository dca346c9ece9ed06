package dev.bandmaster.engine.commands.apps;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.catalogue.Catalogue;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.view.AlertRenderer;
import dev.bandmaster.engine.view.JobText;
import dev.bandmaster.engine.view.StartConditionText;
import dev.bandmaster.model.NodeSet;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Node;
import dev.bandmaster.plugin.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How an environment is, in one message: what runs, who brought it, and what stands against it. */
record EnvironmentOverview(
    Store store,
    Presence presence,
    Catalogue catalogue,
    Freezes freezes,
    StartConditionText inWords,
    InstantSource clock) {

  /** Rows of the table; a message of Slack holds no more. */
  private static final int MOST_ROWS = 40;

  /** Jobs that are looked through for the one that brought a version. */
  private static final int MOST_JOBS = 10;

  /** Applications whose last job is named. */
  private static final int MOST_LAST_JOBS = 10;

  private static final int MOST_ALERTS = 100;
  private static final int MOST_SHOWN = 5;

  Message of(String environment, Optional<String> application) {
    List<Node> nodes =
        presence.nodes().stream()
            .filter(node -> node.environment().equals(environment))
            .filter(
                node -> application.isEmpty() || node.applications().containsKey(application.get()))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Message.Paragraph(head(environment, application, nodes)));
    Map<String, Map<String, List<String>>> installed = installed(nodes, application);
    List<String> rows = rows(environment, installed);
    if (!rows.isEmpty()) {
      blocks.add(
          new Message.Preformatted(
              String.join("\n", rows.subList(0, Math.min(rows.size(), MOST_ROWS)))));
    }
    if (rows.size() > MOST_ROWS) {
      blocks.add(
          new Message.Footnote(
              Text.sentence(
                  "… and %d more. For one of them: `status %s <app>`."
                      .formatted(rows.size() - MOST_ROWS, environment))));
    }
    installed.keySet().stream()
        .limit(MOST_LAST_JOBS)
        .flatMap(app -> last(environment, app).stream())
        .forEach(blocks::add);
    blocks.addAll(against(environment, application));
    blocks.addAll(alerts(environment, application));
    return new Message(blocks);
  }

  private Text head(String environment, Optional<String> application, List<Node> nodes) {
    String described =
        application
            .map(catalogue::describeApplication)
            .orElseGet(() -> catalogue.describeEnvironment(environment));
    Text head =
        application
            .map(app -> Text.EMPTY.bold(app).and(" in ").bold(environment))
            .orElseGet(() -> Text.EMPTY.bold(environment));
    if (!described.isEmpty()) {
      head = head.and(" (" + described + ")");
    }
    List<String> silent = nodes.stream().filter(node -> !node.present()).map(Node::name).toList();
    head = head.and(": %d %s".formatted(nodes.size(), nodes.size() == 1 ? "node" : "nodes"));
    return silent.isEmpty()
        ? head.and(nodes.isEmpty() ? "." : ", all present.")
        : head.and(", silent: " + NodeSet.fold(silent) + ".");
  }

  /** The nodes by application and version. */
  private static Map<String, Map<String, List<String>>> installed(
      List<Node> nodes, Optional<String> application) {
    Map<String, Map<String, List<String>>> installed = new TreeMap<>();
    for (Node node : nodes) {
      node.applications()
          .forEach((app, version) -> {
            if (application.isEmpty() || application.get().equals(app)) {
              installed
                  .computeIfAbsent(app, _ -> new TreeMap<>())
                  .computeIfAbsent(version, _ -> new ArrayList<>())
                  .add(node.name());
            }
          });
    }
    return installed;
  }

  private List<String> rows(String environment, Map<String, Map<String, List<String>>> installed) {
    List<List<String>> rows = new ArrayList<>();
    installed.forEach((app, versions) ->
        Catalogue.newestFirst(versions.keySet())
            .forEach(version -> {
              List<String> nodes = versions.getOrDefault(version, List.of());
              rows.add(
                  List.of(
                      app,
                      version.isEmpty() ? "not deployed" : version,
                      "%s (%d)".formatted(NodeSet.fold(nodes), nodes.size()),
                      rows.size() < MOST_ROWS ? origin(environment, app, version) : ""));
            }));
    return Columns.of(rows);
  }

  /** Since when a version is there and who brought it, where the bot did that. */
  private String origin(String environment, String app, String version) {
    return store.jobs().recent(environment, app, MOST_JOBS).stream()
        .filter(line -> line.status() == JobStatus.SUCCEEDED)
        .filter(line -> !version.isEmpty() && brought(line.number(), version))
        .findFirst()
        .map(line ->
            "since %s by %s, job %d"
                .formatted(
                    inWords.times().of(line.ended().orElse(line.created())),
                    line.askerName(),
                    line.number()))
        .orElse("");
  }

  private boolean brought(long number, String version) {
    return store
        .jobs()
        .byNumber(number)
        .map(Job::work)
        .flatMap(work -> work.subject())
        .filter(subject -> subject.version().equals(version))
        .isPresent();
  }

  private Optional<Block> last(String environment, String app) {
    return store.jobs().recent(environment, app, 1).stream()
        .findFirst()
        .map(line -> new Message.Paragraph(lastJob(line)));
  }

  private Text lastJob(Jobs.Line line) {
    return Text.plain(line.ended().isPresent() ? "Last: job " : "Now: job ")
        .and(line.number() + " ")
        .code(line.title())
        .and(
            " by %s, %s, %s"
                .formatted(
                    line.askerName(),
                    JobText.of(line.status()),
                    inWords.times().of(line.ended().orElse(line.created()))));
  }

  private List<Block> against(String environment, Optional<String> application) {
    List<Block> blocks = new ArrayList<>();
    store.slots().locks().stream()
        .filter(lock -> lock.environment().equals(environment))
        .filter(lock -> concerns(lock.application(), application))
        .forEach(lock -> blocks.add(new Message.Paragraph(Text.plain("🔒 " + inWords.of(lock)))));
    freezes.standing(clock.instant()).stream()
        .filter(freeze -> isFrozen(freeze.scope().environments(), environment))
        .filter(freeze ->
            application.isEmpty() || isFrozen(freeze.scope().applications(), application.get()))
        .forEach(
            freeze -> blocks.add(new Message.Paragraph(Text.plain("❄️ " + inWords.of(freeze)))));
    return blocks;
  }

  private static boolean concerns(String locked, Optional<String> application) {
    return locked.isEmpty() || application.isEmpty() || application.get().equals(locked);
  }

  private static boolean isFrozen(List<String> frozen, String name) {
    return frozen.isEmpty() || frozen.contains(name);
  }

  private List<Block> alerts(String environment, Optional<String> application) {
    List<AlertGroup> open =
        store.alerts().open(MOST_ALERTS).stream()
            .filter(group -> group.topic().environment().equals(environment))
            .filter(group ->
                application.isEmpty()
                    || group.firing().stream()
                        .anyMatch(
                            member -> member.alert().applications().contains(application.get())))
            .toList();
    AlertRenderer renderer = new AlertRenderer(inWords.times());
    List<Block> blocks =
        open.stream()
            .limit(MOST_SHOWN)
            .<Block>map(group -> new Message.Paragraph(renderer.line(group)))
            .collect(Collectors.toCollection(ArrayList::new));
    if (open.size() > MOST_SHOWN) {
      blocks.add(
          new Message.Footnote(
              Text.sentence("… and %d more: `alerts`.".formatted(open.size() - MOST_SHOWN))));
    }
    return blocks;
  }
}
