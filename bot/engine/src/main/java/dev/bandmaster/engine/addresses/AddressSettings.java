package dev.bandmaster.engine.addresses;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which addresses there are, and how a machine gets one.
 *
 * @param attach the program that gives an address to a machine, and its arguments, in which {@code
 *     {address}}, {@code {instance}}, {@code {role}} and {@code {environment}} are replaced
 * @param detach the program that takes it away
 * @param timeout how long a run may take
 * @param releaseAfter how long a machine's node may be away before its address is given back
 * @param pools the addresses by environment and role
 */
public record AddressSettings(
    List<String> attach,
    List<String> detach,
    Duration timeout,
    Duration releaseAfter,
    Map<String, Map<String, List<String>>> pools) {

  public AddressSettings {
    attach = List.copyOf(attach);
    detach = List.copyOf(detach);
    Map<String, Map<String, List<String>>> copy = new TreeMap<>();
    pools.forEach((environment, roles) -> copy.put(environment, Map.copyOf(roles)));
    pools = Map.copyOf(copy);
  }

  /** The addresses of a role; empty if there is no such pool. */
  List<String> pool(String environment, String role) {
    return pools.getOrDefault(environment, Map.of()).getOrDefault(role, List.of());
  }
}
