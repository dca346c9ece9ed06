package dev.bandmaster.agent.facts;

import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.action.AgentModule;
import dev.bandmaster.agent.action.Schemas;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.NodeDescription;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Describes the node now, not as of its last announcement. */
public final class FactsModule implements AgentModule {

  /** What the bus routes by. */
  public static final String CAPABILITY = "facts";

  private final Supplier<NodeDescription> self;

  /** A module that describes by this. */
  public FactsModule(Supplier<NodeDescription> self) {
    this.self = self;
  }

  @Override
  public String capability() {
    return CAPABILITY;
  }

  @Override
  public List<ActionDeclaration> actions() {
    return List.of(
        ActionDeclaration.quick(
            "inventory",
            "Reports the node's apps, roles, tags and facts.",
            Schemas.nothing(),
            _ -> inventory()));
  }

  private ActionOutcome inventory() {
    NodeDescription node = self.get();
    Data data =
        Data.Fields.EMPTY
            .with("env", node.env())
            .with("apps", Data.of(node.apps()))
            .with("roles", Data.of(node.roles()))
            .with("tags", Data.of(node.tags()))
            .with("facts", Data.of(node.facts()))
            .with("capabilities", Data.of(node.capabilities()));
    return ActionOutcome.ok(inWords(node), data);
  }

  private static String inWords(NodeDescription node) {
    String apps =
        node.apps().entrySet().stream()
            .map(app -> app.getKey() + " " + (app.getValue().isEmpty() ? "-" : app.getValue()))
            .collect(Collectors.joining(", "));
    return node.env()
        + " · "
        + (apps.isEmpty() ? "no apps" : apps)
        + (node.roles().isEmpty() ? "" : " · " + String.join(", ", node.roles()));
  }
}
