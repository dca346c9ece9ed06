package dev.bandmaster.backends.bootstrapper;

import dev.bandmaster.bootstrapper.BootstrapperClient;
import dev.bandmaster.bootstrapper.Submission;
import dev.bandmaster.model.Data;
import dev.bandmaster.plugin.Planned;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Which endpoint does the work of a plan. */
final class ServiceRequests {
  private final BootstrapperClient client;
  private final String environment;

  /**
   * @param environment the environment's name as the service knows it
   */
  ServiceRequests(BootstrapperClient client, String environment) {
    this.client = client;
    this.environment = environment;
  }

  /** The call that sends the work; empty if the service can do nothing of this kind. */
  Optional<Supplier<Submission>> of(Planned.Work work) {
    Data.Fields given = work.arguments();
    return switch (work.action()) {
      case "update-code" -> Optional.of(() -> client.updateCode(text(given, "tags"), environment));
      case "run-module" ->
          Optional.of(() ->
              client.adhoc(
                  text(given, "host"),
                  text(given, "module"),
                  String.join(" ", texts(given, "arguments"))));
      case "apply-roles" ->
          Optional.of(() -> client.role(text(given, "host"), texts(given, "roles"), environment));
      case "attach-address" ->
          Optional.of(() ->
              client.attachAddress(text(given, "instance"), text(given, "pool"), environment));
      default -> Optional.empty();
    };
  }

  private static String text(Data.Fields given, String name) {
    return given.get(name).text().orElse("");
  }

  private static List<String> texts(Data.Fields given, String name) {
    return given.get(name).items().stream().flatMap(item -> item.text().stream()).toList();
  }
}
