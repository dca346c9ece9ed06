package dev.bandmaster.agent.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.action.ActionDeclaration;
import dev.bandmaster.agent.action.ActionDeclaration.Weight;
import dev.bandmaster.agent.action.ActionHandler;
import dev.bandmaster.agent.action.ActionOutcome;
import dev.bandmaster.agent.action.AgentModule;
import dev.bandmaster.agent.action.Schemas;
import dev.bandmaster.config.AnsibleConfig;
import dev.bandmaster.config.AnsibleConfig.Place;
import dev.bandmaster.model.FinalCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs Ansible on hosts of the inventories that the configuration names: modules, roles, and the
 * playbook that deploys. What a request names is checked against the configuration before anything
 * is started; nothing of it is ever read by a shell or as a template.
 */
public final class AnsibleModule implements AgentModule {
  /** What the bus routes by. */
  public static final String CAPABILITY = "ansible";

  private final AnsibleConfig config;
  private final AnsibleFolder folder;

  /**
   * A module of this configuration.
   *
   * @param state a folder of the agent's own
   * @throws IOException if the folder cannot be prepared
   */
  public AnsibleModule(AnsibleConfig config, Path state) throws IOException {
    this.config = config;
    this.folder = AnsibleFolder.prepare(state);
  }

  /** What the runner's description says of it, as facts. */
  public static Map<String, String> facts(AnsibleConfig config) {
    Map<String, String> facts = new TreeMap<>();
    config
        .environments()
        .forEach((environment, place) -> {
          String prefix = CAPABILITY + "." + environment + ".";
          facts.put(prefix + "modules", String.join(",", place.modules()));
          facts.put(prefix + "roles", String.join(",", place.roles()));
          facts.put(prefix + "deploys", String.valueOf(place.updateCode().isPresent()));
        });
    return facts;
  }

  @Override
  public String capability() {
    return CAPABILITY;
  }

  @Override
  public List<ActionDeclaration> actions() {
    return List.of(
        action("role", "Brings roles to a host or a group.", this::role),
        action("module", "Runs a module on a host or a group.", this::adhoc),
        action("update-code", "Runs the playbook that deploys.", this::updateCode));
  }

  private ActionDeclaration action(String name, String summary, ActionHandler handler) {
    return new ActionDeclaration(
        name,
        summary,
        Weight.JOB,
        Schemas.beside(AnsibleModule.class, name + ".schema.json"),
        config.timeout(),
        handler);
  }

  /** What a request may go on with, once its environment and its names are found good. */
  @FunctionalInterface
  private interface Work {
    ActionOutcome run(Place place) throws IOException;
  }

  private ActionOutcome in(ActionContext context, Work work) throws IOException {
    String environment = context.arguments().path("env").asText();
    Place place = config.environments().get(environment);
    if (place == null) {
      return ActionOutcome.of(
          FinalCode.DENIED,
          "This runner does not serve %s. It serves: %s."
              .formatted(environment, String.join(", ", config.environments().keySet())));
    }
    try {
      return work.run(place);
    } catch (BadArgument e) {
      return ActionOutcome.of(e.code(), e.sentence());
    }
  }

  private ActionOutcome role(ActionContext context) throws IOException {
    return in(
        context,
        place -> {
          String host = Arguments.host(context.arguments());
          List<String> roles = Arguments.names(context.arguments(), "roles");
          requireAllowed("role", roles, place.roles(), context);
          return run(
              context,
              place,
              host,
              false,
              run -> run.playbook(run.write("play.yml", Playbooks.roles(host, roles))));
        });
  }

  private ActionOutcome adhoc(ActionContext context) throws IOException {
    return in(
        context,
        place -> {
          String host = Arguments.host(context.arguments());
          String module = Arguments.name(context.arguments(), "module");
          requireAllowed("module", List.of(module), place.modules(), context);
          String given = Arguments.ofModule(module, Arguments.words(context.arguments()));
          return run(context, place, host, true, run -> run.module(host, module, given));
        });
  }

  private ActionOutcome updateCode(ActionContext context) throws IOException {
    return in(
        context,
        place -> {
          Path playbook =
              place
                  .updateCode()
                  .orElseThrow(() ->
                      new BadArgument(
                          FinalCode.DENIED,
                          "This runner deploys nothing to %s: its configuration names no playbook for it."
                              .formatted(context.arguments().path("env").asText())));
          JsonNode arguments = context.arguments();
          String host = arguments.has("host") ? Arguments.host(arguments) : "";
          List<String> tags = Arguments.tags(arguments);
          Map<String, Object> variables = Playbooks.deployment(arguments, tags);
          return run(
              context,
              place,
              host,
              false,
              run ->
                  run.playbook(playbook)
                      .with("--tags=" + String.join(",", tags))
                      .with("--extra-vars=@" + run.write("vars.json", Playbooks.json(variables))));
        });
  }

  /** What is run in the private folder of one run. */
  @FunctionalInterface
  private interface Call {
    AnsibleCall in(AnsibleRun run) throws IOException;
  }

  private ActionOutcome run(
      ActionContext context, Place place, String host, boolean showsAll, Call call)
      throws IOException {
    boolean checks = place.checkOnly() || context.arguments().path("check").asBoolean(false);
    try (AnsibleRun run = folder.begin(config, place, host, checks, showsAll)) {
      return run.run(call.in(run), context);
    }
  }

  private static void requireAllowed(
      String what, List<String> wanted, List<String> allowed, ActionContext context) {
    for (String name : wanted) {
      if (!allowed.contains(name)) {
        throw new BadArgument(
            FinalCode.DENIED,
            "The %s '%s' is not allowed in %s on this runner.%s"
                .formatted(
                    what,
                    name,
                    context.arguments().path("env").asText(),
                    allowed.isEmpty()
                        ? " None is."
                        : " Allowed: " + String.join(", ", allowed) + "."));
      }
    }
  }
}
