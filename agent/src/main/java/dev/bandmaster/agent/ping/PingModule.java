package dev.bandmaster.agent.ping;

import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.action.AgentModule;
import dev.bandmaster.agent.action.Schemas;
import dev.bandmaster.model.Data;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Answers {@code pong}, with the agent's version and how long it has been running. */
public final class PingModule implements AgentModule {

  /** What the bus routes by. */
  public static final String CAPABILITY = "ping";

  private final String version;
  private final Instant startedAt;
  private final InstantSource clock;

  /** A module of an agent that starts now. */
  public PingModule(String version, InstantSource clock) {
    this.version = version;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  @Override
  public String capability() {
    return CAPABILITY;
  }

  @Override
  public List<ActionDeclaration> actions() {
    return List.of(
        ActionDeclaration.quick("ping", "Answers pong.", Schemas.nothing(), _ -> pong()));
  }

  /** The answer to any ping. */
  public ActionOutcome pong() {
    long uptime = Duration.between(startedAt, clock.instant()).toSeconds();
    Data data =
        Data.Fields.EMPTY.with("version", version).with("uptimeSeconds", Math.max(uptime, 0));
    return ActionOutcome.ok("pong", data);
  }
}
