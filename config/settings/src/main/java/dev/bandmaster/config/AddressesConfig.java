package dev.bandmaster.config;

import dev.bandmaster.model.Names;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Pools of addresses that the bot gives to machines.
 *
 * @param attach the program that gives an address to a machine, and its arguments; no shell sees
 *     them
 * @param detach the program that takes it away
 * @param timeout how long a run may take
 * @param releaseAfter how long a machine's node may be away before its address is given back
 * @param pools the addresses by environment and role
 */
public record AddressesConfig(
    List<String> attach,
    List<String> detach,
    Duration timeout,
    Duration releaseAfter,
    Map<String, Map<String, List<String>>> pools) {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{(?!(?:address|instance|role|environment)})[^}]*}?");

  private static final String PROGRAM =
      " It is run without a shell and may be run again for the same address and instance. In "
          + "arguments `{address}`, `{instance}`, `{role}` and `{environment}` are replaced.";

  public AddressesConfig {
    attach = List.copyOf(attach);
    detach = List.copyOf(detach);
    pools = Ordered.copy(pools);
  }

  static AddressesConfig read(Section section) {
    AddressesConfig config =
        new AddressesConfig(
            section
                .list(
                    "attach",
                    Kinds.text(),
                    "Absolute path of the program that gives an address to an instance, and its "
                        + "arguments."
                        + PROGRAM)
                .required(),
            section
                .list(
                    "detach",
                    Kinds.text(),
                    "Absolute path of the program that takes it away, and its arguments; it must "
                        + "succeed where the instance is gone or does not have the address."
                        + PROGRAM)
                .required(),
            section
                .duration(
                    "timeout",
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(10),
                    "Maximum run time of either program; after that it and its child processes "
                        + "are killed.")
                .orDefault(Duration.ofSeconds(60)),
            section
                .duration(
                    "release_after",
                    Duration.ofSeconds(1),
                    Duration.ofDays(30),
                    "How long the node of an instance may be down or gone before its address is "
                        + "given back. A node belongs to the instance of its name or of its fact "
                        + "`instance_id`.")
                .orDefault(Duration.ofMinutes(15)),
            section
                .map(
                    "pools",
                    Kinds.mapOf(
                        Kinds.listOf(Kinds.text("an IP address", AddressesConfig::isAddress))),
                    "The addresses by environment and role.")
                .required());
    config.check(section);
    return config;
  }

  private static boolean isAddress(String text) {
    try {
      return !text.contains("%") && InetAddress.ofLiteral(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void check(Section section) {
    if (section.isDescribing()) {
      return;
    }
    checkProgram(section, "attach", attach);
    checkProgram(section, "detach", detach);
    Map<String, String> seen = new HashMap<>();
    pools.forEach((environment, roles) ->
        roles.forEach((role, addresses) -> {
          String place = environment + "." + role;
          if (!Names.isName(role)) {
            section.refuse("pools", "has the role '%s', which is not a name".formatted(role));
          }
          for (String address : addresses) {
            String other = seen.putIfAbsent(InetAddress.ofLiteral(address).getHostAddress(), place);
            if (other != null) {
              section.refuse(
                  "pools", "has %s in '%s' and in '%s'".formatted(address, other, place));
            }
          }
        }));
  }

  private static void checkProgram(Section section, String key, List<String> command) {
    if (command.isEmpty() || !command.getFirst().startsWith("/")) {
      section.refuse(key, "must begin with an absolute path");
    }
    if (command.stream().anyMatch(word -> PLACEHOLDER.matcher(word).find())) {
      section.refuse(
          key,
          "may contain the placeholders {address}, {instance}, {role} and {environment}, and no others");
    }
  }
}
