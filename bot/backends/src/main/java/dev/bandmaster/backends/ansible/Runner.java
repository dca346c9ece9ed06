package dev.bandmaster.backends.ansible;

import dev.bandmaster.model.NodeDescription;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An agent that is there.
 *
 * @param load its load average for each core; 0 if it has not said so
 * @param running how many requests it is working on, as far as it has said so
 */
public record Runner(NodeDescription description, double load, int running) {
  /** What agents with Ansible can be asked for. */
  static final String CAPABILITY = "ansible";

  String name() {
    return description.node();
  }

  boolean hasAnsible() {
    return description.capabilities().contains(CAPABILITY);
  }

  boolean serves(String environment) {
    return fact(environment, "roles").isPresent();
  }

  boolean allowsModule(String environment, String module) {
    return names(environment, "modules").contains(module);
  }

  boolean allowsRoles(String environment, List<String> roles) {
    return names(environment, "roles").containsAll(roles);
  }

  boolean deploys(String environment) {
    return fact(environment, "deploys").filter("true"::equals).isPresent();
  }

  private List<String> names(String environment, String what) {
    return Arrays.asList(fact(environment, what).orElse("").split(",", -1));
  }

  private Optional<String> fact(String environment, String what) {
    return Optional.ofNullable(
        description.facts().get(CAPABILITY + "." + environment + "." + what));
  }
}
