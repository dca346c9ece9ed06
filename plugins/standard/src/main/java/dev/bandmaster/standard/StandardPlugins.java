package dev.bandmaster.standard;

import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.standard.adhoc.Adhoc;
import dev.bandmaster.standard.codeupdate.CodeUpdate;
import dev.bandmaster.standard.codeupdate.Rollback;
import dev.bandmaster.standard.control.Control;
import dev.bandmaster.standard.discover.Discover;
import dev.bandmaster.standard.logs.Logs;
import dev.bandmaster.standard.ping.Ping;
import java.util.ArrayList;
import java.util.List;

/** The list of the standard commands, in the order in which {@code help} shows them. */
public final class StandardPlugins {
  private StandardPlugins() {}

  public static List<CommandPlugin> all() {
    List<CommandPlugin> plugins = new ArrayList<>();
    plugins.add(new Ping());
    plugins.add(new Discover());
    plugins.add(new CodeUpdate());
    plugins.add(new Rollback());
    plugins.addAll(Control.all());
    plugins.add(new Logs());
    plugins.add(new Adhoc());
    return List.copyOf(plugins);
  }
}
