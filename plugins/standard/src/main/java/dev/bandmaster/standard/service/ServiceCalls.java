package dev.bandmaster.standard.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands behind the calls of the bootstrapper's API: what a machine asks for there is what a
 * person types. Pure.
 */
public final class ServiceCalls {
  private ServiceCalls() {}

  /**
   * A command with its arguments.
   *
   * @param command its name
   * @param arguments the values by the names of its parameters
   */
  public record Call(String command, Map<String, List<String>> arguments) {
    public Call {
      arguments = Map.copyOf(arguments);
    }
  }

  /**
   * Brings roles to a host.
   *
   * @param roles comma-separated
   */
  public static Call role(String environment, String host, String roles) {
    return call("role", Map.of("env", environment, "host", host, "roles", roles));
  }

  /**
   * Deploys a version, as {@code update-code} does.
   *
   * @param version empty for the newest
   */
  public static Call updateCode(String environment, String application, Optional<String> version) {
    Map<String, String> arguments =
        new LinkedHashMap<>(Map.of("env", environment, "app", application));
    version.ifPresent(wanted -> arguments.put("version", wanted));
    return call("codeupdate", arguments);
  }

  /**
   * Runs a module.
   *
   * @param words the module's arguments
   */
  public static Call adhoc(String environment, String host, String module, List<String> words) {
    Map<String, List<String>> arguments = new LinkedHashMap<>();
    arguments.put("env", List.of(environment));
    arguments.put("nodes", List.of(host));
    arguments.put("module", List.of(module));
    if (!words.isEmpty()) {
      arguments.put("args", words);
    }
    return new Call("adhoc", arguments);
  }

  /** Attaches a free address of a role to an instance, as {@code set_eip} does. */
  public static Call attachAddress(String environment, String instance, String role) {
    return call("eip", Map.of("env", environment, "instance", instance, "role", role));
  }

  private static Call call(String command, Map<String, String> arguments) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    arguments.forEach((name, value) -> lists.put(name, List.of(value)));
    return new Call(command, lists);
  }
}
