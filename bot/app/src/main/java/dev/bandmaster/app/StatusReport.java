package dev.bandmaster.app;

import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.policy.PolicyKeeper;
import dev.bandmaster.plugin.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the bot is, line by line, for {@code status}. */
record StatusReport(
    String replica,
    StoreModule stores,
    PolicyKeeper policy,
    FleetModule fleet,
    JobModule jobs,
    AlertModule alerts,
    BackendModule reports,
    ChatModule chat) {

  /** Requests for approval that a status counts; more of them nobody looks at. */
  private static final int MOST_COUNTED = 1_000;

  Map<String, String> lines() {
    Store store = stores.store();
    List<Node> nodes = fleet.presence().nodes();
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("replica", replica);
    lines.put(chat.platform().name(), chat.platform().health().description());
    lines.put("acknowledged", chat.ackTimes().describe());
    fleet
        .backends()
        .all()
        .forEach(backend -> lines.put(backend.name(), BusModule.describe(backend.state())));
    lines.put(
        "fleet",
        "%d nodes, %d present"
            .formatted(nodes.size(), nodes.stream().filter(Node::present).count()));
    fleet.presence().clocks().describe().ifPresent(skew -> lines.put("clocks", skew));
    lines.putAll(fleet.keys().lines());
    lines.put("watch", alerts.describe());
    lines.put("policy", policy.describe());
    jobs.freezes()
        .standing(stores.clock().instant())
        .forEach(freeze ->
            lines.merge(
                "frozen", jobs.conditionText().of(freeze), (one, other) -> one + " " + other));
    lines.put("approvals", store.approvals().open(MOST_COUNTED).size() + " waiting");
    lines.put("jobs", jobs.engine().running().size() + " running");
    lines.put(
        "outbox", store.outbox().waiting() + " waiting, " + store.outbox().parked() + " given up");
    long unreadable = store.setAside().count();
    if (unreadable > 0) {
      lines.put(
          "set aside",
          unreadable + " rows of the store cannot be read; 'bandmaster storage check' names them");
    }
    stores.clock().complaint().ifPresent(complaint -> lines.put("this machine's clock", complaint));
    lines.put("dropped messages", Long.toString(reports.receiver().rejectedMessages()));
    return lines;
  }
}
