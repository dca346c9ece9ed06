package dev.bandmaster.app.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.freeze.Freeze;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.AuditEntry;
import dev.bandmaster.core.store.DeployLock;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What the API shows of things, as JSON. Times are in UTC, names of states in lower case. */
final class ApiData {

  private ApiData() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A page: its items, under their name. */
  static <T> ObjectNode list(String name, List<T> items, Function<T, ObjectNode> shown) {
    ObjectNode page = object();
    ArrayNode array = page.putArray(name);
    items.forEach(item -> array.add(shown.apply(item)));
    return page;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static ObjectNode line(Jobs.Line line) {
    ObjectNode shown =
        object()
            .put("number", line.number())
            .put("status", word(line.status()))
            .put("title", line.title())
            .put("asker", line.askerName())
            .put("created", line.created().toString());
    line.ended().ifPresent(ended -> shown.put("ended", ended.toString()));
    return shown.put("nodes", line.nodes()).put("succeeded", line.good());
  }

  /**
   * A job.
   *
   * @param message its message, as people see it
   */
  static ObjectNode job(Job job, Message message) {
    ObjectNode shown =
        object()
            .put("number", job.number())
            .put("status", word(job.state().status()))
            .put("started", job.state().waves().stream().anyMatch(Wave::wasBegun))
            .put("ended", job.state().status().isFinal())
            .put("title", job.work().title())
            .put("command", job.canonical())
            .put("environment", job.right().environment())
            .put("app", job.right().application())
            .put("asker", job.asker().principal())
            .put("asker_name", job.askerName())
            .put("created", job.created().toString())
            .put("note", job.state().note())
            .put("done", job.state().done())
            .put("total", job.state().nodes().size());
    job.state().ended().ifPresent(ended -> shown.put("ended_at", ended.toString()));
    ArrayNode nodes = shown.putArray("nodes");
    for (NodeWork node : job.state().nodes().values()) {
      nodes
          .addObject()
          .put("node", node.node())
          .put("status", word(node.status()))
          .put("message", node.message());
    }
    return shown.put("message", PlainText.of(message));
  }

  static ObjectNode approval(Approval approval) {
    ObjectNode shown =
        object()
            .put("job", approval.number())
            .put("status", word(approval.state().status()))
            .put("command", approval.canonical())
            .put("environment", approval.right().environment())
            .put("app", approval.right().application())
            .put("requester", approval.requester().principal())
            .put("requester_name", approval.requesterName())
            .put("digest", approval.digest())
            .put("created", approval.created().toString())
            .put("expires", approval.expires().toString());
    ArrayNode votes = shown.putArray("votes");
    approval.state().standing().forEach(vote -> votes.add(vote.voter().principal()));
    return shown;
  }

  static ObjectNode alert(AlertGroup group) {
    ObjectNode shown =
        object()
            .put("number", group.number())
            .put("severity", word(group.severity()))
            .put("began", group.began().toString())
            .put("acknowledged", group.state().acknowledged().isPresent())
            .put("silenced", group.state().silence().isPresent());
    ArrayNode firing = shown.putArray("firing");
    group
        .firing()
        .forEach(member ->
            firing
                .addObject()
                .put("name", member.alert().name())
                .put("since", member.alert().since().toString()));
    return shown;
  }

  static ObjectNode lock(DeployLock lock) {
    ObjectNode shown =
        object()
            .put("environment", lock.environment())
            .put("app", lock.application())
            .put("owner", lock.owner())
            .put("owner_name", lock.ownerName())
            .put("reason", lock.reason())
            .put("since", lock.since().toString());
    lock.until().ifPresent(until -> shown.put("until", until.toString()));
    return shown;
  }

  static ObjectNode freeze(Freeze freeze) {
    ObjectNode shown = object();
    switch (freeze.origin()) {
      case Freeze.Origin.Person(long number, String principal, String _) ->
          shown.put("number", number).put("owner", principal);
      case Freeze.Origin.Configuration(String name) -> shown.put("name", name);
    }
    ArrayNode environments = shown.putArray("environments");
    freeze.scope().environments().forEach(environments::add);
    ArrayNode apps = shown.putArray("apps");
    freeze.scope().applications().forEach(apps::add);
    return shown
        .put("from", freeze.from().toString())
        .put("until", freeze.until().toString())
        .put("reason", freeze.reason());
  }

  static ObjectNode node(Node node) {
    ObjectNode shown =
        object()
            .put("name", node.name())
            .put("environment", node.environment())
            .put("present", node.present())
            .put("last_seen", node.lastSeen().toString());
    ObjectNode applications = shown.putObject("apps");
    for (Map.Entry<String, String> entry : new TreeMap<>(node.applications()).entrySet()) {
      applications.put(entry.getKey(), entry.getValue());
    }
    return shown;
  }

  static ObjectNode entry(Audit.Row row) {
    AuditEntry entry = row.entry();
    return object()
        .put("number", row.number())
        .put("at", entry.at().toString())
        .put("principal", entry.principal())
        .put("name", entry.more().name())
        .put("channel", entry.channel())
        .put("command", entry.raw())
        .put("action", entry.action())
        .put("environment", entry.env())
        .put("app", entry.app())
        .put("job", entry.job())
        .put("decision", entry.decision())
        .put("reason", entry.reason());
  }
}
