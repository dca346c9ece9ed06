package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of renamed metrics in {@code docs/reference/migration.md} and what a bot exports. */
class RenamedMetricsTest {
  private static final Path MIGRATION = Path.of("../../docs/reference/migration.md");

  /** A row: old name, old label, new name, new label; the labels may be missing. */
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(bandmaster_\\w+)(?:\\{(\\w+)=…})?` \\| `(bandmaster_\\w+)(?:\\{(\\w+)=…})?` \\|");

  private static final Pattern DEPRECATED =
      Pattern.compile("(?m)^# HELP (\\w+) Deprecated: use (\\w+)\\.$");
  private static final Pattern DEPRECATED_LABEL =
      Pattern.compile("(?m)^# HELP (\\w+) .* The label (\\w+) is deprecated: use (\\w+)\\.$");

  @TempDir private Path folder;

  private record Row(String oldName, String oldLabel, String newName, String newLabel) {
    static Row of(MatchResult found) {
      return new Row(text(found, 1), text(found, 2), text(found, 3), text(found, 4));
    }

    private static String text(MatchResult found, int group) {
      String text = found.group(group);
      return text == null ? "" : text;
    }
  }

  private static List<Row> table() throws Exception {
    return ROW.matcher(Files.readString(MIGRATION)).results().map(Row::of).toList();
  }

  /** What {@code /metrics} of a bot says in which everything is configured that has metrics. */
  private String exported(String metrics) throws Exception {
    Files.writeString(
        folder.resolve("policy.yaml"),
        """
        rules:
          - {id: help, effect: allow, who: "*", where: "*", actions: [help], apps: "*", envs: "*"}
        """);
    Path file =
        Files.writeString(
            folder.resolve("bandmaster.yaml"),
            """
            slack: {app_token: xapp-1, bot_token: xoxb-1, api_url: "http://127.0.0.1:1/"}
            bus: {uri: "amqp://guest:guest@127.0.0.1:1/", keys: keys}
            store: {sqlite: {file: bandmaster.db}}
            policy: policy.yaml
            web: {bind: 127.0.0.1, port: 0}
            environments: {staging: {protected: false}}
            alerts: {watchdog: {url: "http://127.0.0.1:1/"}}
            webhooks: {scripts: {kind: plain, token: 0123456789abcdef}}
            %s
            """
                .formatted(metrics));
    try (Bot bot =
            Bot.start(ConfigFile.load(file), InstantSource.system(), new Random(1), reason -> {});
        HttpClient http = HttpClient.newHttpClient()) {
      URI page = URI.create("http://127.0.0.1:" + bot.webPort() + "/metrics");
      return http.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** The values of a label, in the order of the series. */
  private static List<String> values(String page, String metric, String label) {
    return Pattern.compile("(?m)^%s\\{(?:.*,)?%s=\"([^\"]*)\".*$".formatted(metric, label))
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void houseNames_oldMetricNamesAreExportedBesideTheNewOnes() throws Exception {
    String page = exported("");
    assertThat(table()).hasSize(9);
    for (Row row : table()) {
      assertThat(page).as(row.oldName()).containsPattern("(?m)^" + row.oldName() + "[ {]");
      assertThat(page).as(row.newName()).containsPattern("(?m)^" + row.newName() + "[ {]");
      if (!row.oldLabel().isEmpty()) {
        assertThat(values(page, row.oldName(), row.oldLabel()))
            .as(row.oldName())
            .isNotEmpty()
            .isEqualTo(values(page, row.newName(), row.newLabel()));
      }
    }
  }

  @Test
  void houseNames_whatIsExportedAsDeprecatedIsInTheMigrationTable() throws Exception {
    String page = exported("");
    Set<String> listed = new TreeSet<>();
    Set<String> listedLabels = new TreeSet<>();
    for (Row row : table()) {
      if (row.oldName().equals(row.newName())) {
        listedLabels.add(row.oldName() + " " + row.oldLabel() + " " + row.newLabel());
      } else {
        listed.add(row.oldName() + " " + row.newName());
      }
    }
    assertThat(found(DEPRECATED, page)).containsExactlyInAnyOrderElementsOf(listed);
    assertThat(found(DEPRECATED_LABEL, page)).containsExactlyInAnyOrderElementsOf(listedLabels);
    assertThat(BotMetrics.RENAMED).hasSize(table().size());
  }

  @Test
  void houseNames_oldMetricNamesCanBeSwitchedOff() throws Exception {
    String page = exported("metrics: {old_names: false}");
    assertThat(page).doesNotContain("eprecated");
    for (Row row : table()) {
      assertThat(page).as(row.newName()).containsPattern("(?m)^" + row.newName() + "[ {]");
      if (row.oldLabel().isEmpty()) {
        assertThat(page).as(row.oldName()).doesNotContainPattern("(?m)^" + row.oldName() + "[ {]");
      } else {
        assertThat(values(page, row.oldName(), row.oldLabel())).as(row.oldName()).isEmpty();
      }
    }
  }

  private static List<String> found(Pattern pattern, String page) {
    List<String> found = new ArrayList<>();
    pattern
        .matcher(page)
        .results()
        .forEach(result -> {
          StringBuilder groups = new StringBuilder(result.group(1));
          for (int group = 2; group <= result.groupCount(); group++) {
            groups.append(' ').append(result.group(group));
          }
          found.add(groups.toString());
        });
    return found;
  }
}
