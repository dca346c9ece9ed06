package dev.bandmaster.standard;

import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.standard.adhoc.Adhoc;
import dev.bandmaster.standard.codeupdate.CodeUpdate;
import dev.bandmaster.standard.codeupdate.Rollback;
import dev.bandmaster.standard.control.Control;
import dev.bandmaster.standard.discover.Discover;
import dev.bandmaster.standard.logs.Logs;
import dev.bandmaster.standard.ping.Ping;
import dev.bandmaster.standard.service.AttachAddress;
import dev.bandmaster.standard.service.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The list of the standard commands, in the order in which {@code help} shows them. */
public final class StandardPlugins {
  private StandardPlugins() {}

  /** The commands for environments in which agents do the work. */
  public static List<CommandPlugin> all() {
    return list(new Adhoc());
  }

  /**
   * The commands where services do the work of some environments.
   *
   * @param modules what {@code adhoc} may name besides the agents' own modules
   */
  public static List<CommandPlugin> withServices(Set<String> modules) {
    return withServices(modules, Map.of());
  }

  /**
   * The same where the bot has addresses itself.
   *
   * @param pools the roles for which it has some, by environment
   */
  public static List<CommandPlugin> withServices(
      Set<String> modules, Map<String, Set<String>> pools) {
    return list(new Adhoc(modules), new Role(), new AttachAddress(pools));
  }

  private static List<CommandPlugin> list(CommandPlugin... last) {
    List<CommandPlugin> plugins = new ArrayList<>();
    plugins.add(new Ping());
    plugins.add(new Discover());
    plugins.add(new CodeUpdate());
    plugins.add(new Rollback());
    plugins.addAll(Control.all());
    plugins.add(new Logs());
    plugins.addAll(List.of(last));
    return List.copyOf(plugins);
  }
}
