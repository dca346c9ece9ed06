package dev.bandmaster.agent.ansible;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.process.Lines;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Ansible prints, on its way to the asker: the lines of our callback plugin become steps and
 * results of hosts, everything else is output. Used by the action's thread.
 */
final class AnsibleOutput implements ProgramOutput {
  /** Before the name of a host: as the key of a step, and as the name of what it printed. */
  static final String HOST = "host:";

  /** The key of a step that concerns all hosts. */
  static final String TASK = "task";

  /** Where the final has the hosts. */
  static final String HOSTS = "hosts";

  /** Characters of a line: what the plugin prints is shorter even when all of it is escaped. */
  private static final int LONGEST_LINE = 256 * 1024;

  /** Steps that are reported; more would be a flood of messages. */
  private static final int MOST_STEPS = 2_000;

  /** Hosts that are reported. */
  private static final int MOST_HOSTS = 1_000;

  /** Characters of a host's name, with room for what comes before it. */
  private static final int LONGEST_HOST = 150;

  private static final int LONGEST_COMPLAINT = 500;
  private static final String ERROR = "ERROR! ";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ActionContext context;
  private final String word;
  private final String target;
  private final Lines lines;
  private final Lines complaints;
  private final Map<String, HostCounts> hosts = new LinkedHashMap<>();
  private String complaint = "";
  private boolean isError;
  private int steps;
  private int more;

  /**
   * @param word marks the lines of our callback plugin
   * @param target the host or group that was asked for; empty for those of the playbook
   */
  AnsibleOutput(ActionContext context, String word, String target) {
    this.context = context;
    this.word = word;
    this.target = target;
    this.lines = new Lines(LONGEST_LINE, this::line, text -> context.output().text(OUT, text));
    this.complaints = new Lines(LONGEST_LINE, this::complain, _ -> {});
  }

  @Override
  public void text(String stream, String text) {
    if (stream.equals(OUT)) {
      lines.text(text);
    } else {
      context.output().text(stream, text);
      complaints.text(text);
    }
  }

  private void complain(String line) {
    boolean saysError = line.startsWith(ERROR);
    if (!line.isBlank() && !line.startsWith("[") && (saysError || !isError)) {
      String whole = saysError ? line.substring(ERROR.length()) : line;
      complaint =
          whole.length() <= LONGEST_COMPLAINT ? whole : whole.substring(0, LONGEST_COMPLAINT) + "…";
      isError |= saysError;
    }
  }

  private void line(String line) {
    JsonNode said = read(line);
    if (!said.path("bandmaster").asText().equals(word)) {
      context.output().text(OUT, line + "\n");
      return;
    }
    switch (said.path("event").asText()) {
      case "task" -> step(TASK, said.path("name").asText());
      case "result" -> result(said);
      case "text" -> print(host(said.path("host").asText()), said.path("text").asText());
      case "stats" ->
          said.path("hosts")
              .properties()
              .forEach(host -> count(host(host.getKey()), HostCounts.of(host.getValue())));
      default -> context.output().text(OUT, line + "\n");
    }
  }

  private static JsonNode read(String line) {
    if (line.startsWith("{")) {
      try {
        return JSON.readTree(line);
      } catch (JsonProcessingException _) {
        // Something else that begins like one of ours.
      }
    }
    return JSON.missingNode();
  }

  private void result(JsonNode said) {
    String host = host(said.path("host").asText());
    String status = said.path("status").asText();
    String task = said.path("task").asText();
    step(HOST + host, status + " " + task);
    String text = said.path("text").asText();
    if (!text.isEmpty()) {
      print(host, task + ": " + status + "\n" + text);
    }
  }

  private void step(String key, String value) {
    if (++steps <= MOST_STEPS) {
      context.progress(key, value);
    }
  }

  private void print(String host, String text) {
    context.output().text(HOST + host, text.endsWith("\n") ? text : text + "\n");
  }

  private void count(String host, HostCounts counts) {
    if (hosts.size() < MOST_HOSTS || hosts.containsKey(host)) {
      hosts.put(host, counts);
    } else {
      more++;
    }
  }

  /** A host's name as one that may be shown and typed. */
  private static String host(String name) {
    String plain = NodeName.isValid(name) ? name : name.replaceAll("[^\\p{Alnum}._-]", "_");
    String some = plain.isEmpty() ? "_" : plain;
    return some.length() <= LONGEST_HOST ? some : some.substring(0, LONGEST_HOST);
  }

  /** How it ended, from what was counted on the hosts and how Ansible ended. */
  ActionOutcome outcome(ProgramOutcome outcome) {
    lines.finish();
    complaints.finish();
    if (!(outcome instanceof ProgramOutcome.Exited(int exit))) {
      ActionOutcome end = ActionOutcome.of(outcome, context.cancellation());
      return new ActionOutcome(end.code(), end.message(), null, data());
    }
    if (hosts.isEmpty()) {
      return new ActionOutcome(FinalCode.FAILED, nothingDone(exit), exit, Data.none());
    }
    long failed = hosts.values().stream().filter(counts -> !counts.isGood()).count();
    if (failed > 0) {
      return new ActionOutcome(
          FinalCode.FAILED,
          "Ansible failed on %d of %d hosts%s.".formatted(failed, hosts.size(), furtherHosts()),
          exit,
          data());
    }
    return exit == 0
        ? new ActionOutcome(
            FinalCode.OK, "%d hosts%s".formatted(hosts.size(), furtherHosts()), exit, data())
        : new ActionOutcome(
            FinalCode.FAILED,
            "Ansible ended with exit %d, although no host failed.%s".formatted(exit, said()),
            exit,
            data());
  }

  private String nothingDone(int exit) {
    if (exit != 0) {
      return "Ansible ended with exit %d before it worked on any host.%s".formatted(exit, said());
    }
    return target.isEmpty()
        ? "Ansible worked on no host: nothing in the playbook and the inventory fits."
        : "Ansible worked on no host: the inventory has no host or group '%s'.".formatted(target);
  }

  private String said() {
    return complaint.isEmpty() ? "" : " It says: " + complaint;
  }

  private String furtherHosts() {
    return more == 0 ? "" : ", and %d more that are not shown".formatted(more);
  }

  private Data data() {
    if (hosts.isEmpty()) {
      return Data.none();
    }
    Map<String, Data> counted = new LinkedHashMap<>();
    hosts.forEach((host, counts) -> counted.put(host, counts.data()));
    return Data.Fields.EMPTY.with(HOSTS, new Data.Fields(counted));
  }
}
