package dev.bandmaster.app.http.api;

import dev.bandmaster.core.freeze.Freezes;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Audit;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.api.ApiAuthentication;
import dev.bandmaster.engine.api.ApiCommands;
import dev.bandmaster.engine.pipeline.CommandRegistry;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Node;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the API answers from.
 *
 * @param hosts names by which clients may call it, in lower case
 * @param perMinute requests of one caller
 * @param registry all commands
 * @param picture the message of a job
 * @param auditLine an entry of the audit log as a line of its export
 */
public record ApiSources(
    Set<String> hosts,
    int perMinute,
    ApiAuthentication authentication,
    ApiCommands commands,
    CommandRegistry registry,
    Store store,
    Freezes freezes,
    Supplier<List<Node>> nodes,
    Function<Job, Message> picture,
    Function<Audit.Row, String> auditLine,
    InstantSource clock) {
  public ApiSources {
    hosts = Set.copyOf(hosts);
  }
}
