package __PACKAGE__;

import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Plugin;
import dev.bandmaster.plugin.PluginContext;
import java.util.List;

/** What the bot finds in the jar; META-INF/services names it. */
public final class __CLASS__Plugin implements Plugin {
  @Override
  public List<CommandPlugin> commands(PluginContext context) {
    return List.of(new __CLASS__Command());
  }
}
