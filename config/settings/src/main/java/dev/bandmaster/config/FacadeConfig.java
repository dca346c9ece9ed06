package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bootstrapper's own API, served by the bot to scripts that call it already.
 *
 * @param networks machines that are let in without a token, each as a service
 * @param environments where the {@code adhoc} of a service runs that names no environment
 */
public record FacadeConfig(List<Network> networks, Map<String, String> environments) {

  /**
   * Machines that are let in without a token.
   *
   * @param service the service of the API whose rights they have
   */
  public record Network(NetworkRange range, String service) {

    private static Network read(Section section) {
      String text =
          section
              .text(
                  "network",
                  "Addresses that are let in without a token, such as `10.20.0.0/16`. They must "
                      + "reach the bot directly: a request that a proxy has passed on needs a token.")
              .where(
                  range -> NetworkRange.parse(range).isPresent(),
                  "must be a network that begins at its first address, such as 10.20.0.0/16 or 2001:db8::/48, with /8 or longer")
              .required();
      return new Network(
          NetworkRange.parse(text).orElseGet(() -> NetworkRange.parse("127.0.0.0/8").orElseThrow()),
          section
              .text(
                  "service",
                  "The service in `api.services` as which these machines act; the policy calls "
                      + "it `service:<name>`.")
              .required());
    }
  }

  public FacadeConfig {
    networks = List.copyOf(networks);
    environments = Ordered.copy(environments);
  }

  static FacadeConfig read(Section section) {
    return new FacadeConfig(
        section
            .list(
                "networks",
                Kinds.section(Network::read),
                "Machines that need no token. Without this key, all do.")
            .orDefault(List.of()),
        section
            .map(
                "environments",
                Kinds.name(),
                "By service: the environment of its `adhoc` requests that name none and no known "
                    + "node.")
            .orDefault(Map.of()));
  }

  /** What is named here has to be there. */
  void check(Section section, Set<String> services) {
    if (section.isDescribing()) {
      return;
    }
    Set<NetworkRange> seen = new HashSet<>();
    for (Network network : networks) {
      if (!services.contains(network.service())) {
        section.refuse(
            "facade",
            "lets %s act as '%s', which is not defined under 'services'"
                .formatted(network.range(), network.service()));
      }
      if (!seen.add(network.range())) {
        section.refuse("facade", "names the network %s twice".formatted(network.range()));
      }
    }
    environments
        .keySet()
        .forEach(service -> {
          if (!services.contains(service)) {
            section.refuse(
                "facade",
                "gives an environment to '%s', which is not defined under 'services'"
                    .formatted(service));
          }
        });
  }
}
