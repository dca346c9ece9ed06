package dev.bandmaster.agent.intake;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.AgentModule;
import dev.bandmaster.wire.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything this agent can be asked to do, by capability and action, with compiled schemas. */
public final class ActionCatalogue {

  /** An action with the schema of its arguments, ready to use. */
  record Known(ActionDeclaration action, JsonSchema schema) {}

  private final Map<String, Map<String, Known>> capabilities = new TreeMap<>();

  /** A catalogue of these modules; two modules may not share a capability. */
  public ActionCatalogue(List<AgentModule> modules) {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    for (AgentModule module : modules) {
      Map<String, Known> actions = new TreeMap<>();
      for (ActionDeclaration action : module.actions()) {
        actions.put(action.name(), new Known(action, factory.getSchema(action.schema())));
      }
      if (capabilities.put(module.capability(), actions) != null) {
        throw new IllegalArgumentException(
            "Two modules provide the capability " + module.capability() + ".");
      }
    }
  }

  /** The capabilities, sorted. */
  public List<String> capabilities() {
    return List.copyOf(capabilities.keySet());
  }

  /** The action a request names. */
  Optional<Known> find(Request request) {
    return Optional.ofNullable(
        capabilities.getOrDefault(request.capability(), Map.of()).get(request.action()));
  }

  /** The supported alternatives to an unknown action. */
  String alternatives(Request request) {
    Map<String, Known> actions = capabilities.get(request.capability());
    return actions == null
        ? "it supports " + String.join(", ", capabilities.keySet())
        : request.capability() + " supports " + String.join(", ", actions.keySet());
  }
}
