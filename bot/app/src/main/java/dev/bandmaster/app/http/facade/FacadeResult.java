package dev.bandmaster.app.http.facade;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobStatus;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned.Effect;
import java.util.List;

/** A job as the bootstrapper's API shows it: how far it is, or what was counted on each host. */
final class FacadeResult {
  static final ObjectNode IN_QUEUE = status("in-queue");
  static final ObjectNode WAITING = status("waiting");
  static final ObjectNode FAILED = status("failed");

  /** What Ansible counts, in the order in which it shows it. */
  private static final List<String> COUNTS =
      List.of("unreachable", "skipped", "ok", "changed", "failures");

  private FacadeResult() {}

  private static ObjectNode status(String word) {
    return JsonNodeFactory.instance.objectNode().put("status", word);
  }

  /** Of a job that a caller was given. */
  static ObjectNode of(Job job) {
    JobStatus status = job.state().status();
    return switch (status) {
      case AWAITING_APPROVAL, QUEUED -> IN_QUEUE;
      case RUNNING, PAUSED -> WAITING;
      case SUCCEEDED, PARTLY_FAILED -> hosts(job);
      // Where nothing was counted on any host, the word says more than numbers would.
      case FAILED, TIMED_OUT, CANCELLED ->
          job.state().nodes().values().stream().anyMatch(FacadeResult::isCounted)
              ? hosts(job)
              : FAILED;
    };
  }

  private static ObjectNode hosts(Job job) {
    ObjectNode hosts = JsonNodeFactory.instance.objectNode();
    boolean changes = job.work().effect() == Effect.CHANGES;
    job.state()
        .nodes()
        .values()
        .forEach(work ->
            hosts.set(
                work.node(), isCounted(work) ? counted(work) : reckoned(work.status(), changes)));
    return hosts;
  }

  private static boolean isCounted(NodeWork work) {
    return COUNTS.stream().allMatch(name -> work.data().get(name).number().isPresent());
  }

  private static ObjectNode counted(NodeWork work) {
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    Data data = work.data();
    for (String name : COUNTS) {
      counts.put(name, data.get(name).number().orElseThrow().longValue());
    }
    return counts;
  }

  /** The nearest numbers for a node that does not count tasks: its work is one task. */
  private static ObjectNode reckoned(NodeStatus status, boolean changes) {
    return switch (status) {
      case OK -> counts(0, 1, changes ? 1 : 0, 0);
      case LOST, UNROUTABLE, NO_ANSWER, EXPIRED, WAITING, RUNNING -> counts(1, 0, 0, 0);
      case FAILED, TIMEOUT, DENIED, INVALID, DUPLICATE, CANCELLED, UNKNOWN_ACTION ->
          counts(0, 0, 0, 1);
    };
  }

  private static ObjectNode counts(int unreachable, int ok, int changed, int failures) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("unreachable", unreachable)
        .put("skipped", 0)
        .put("ok", ok)
        .put("changed", changed)
        .put("failures", failures);
  }
}
