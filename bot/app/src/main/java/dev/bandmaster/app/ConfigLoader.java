package dev.bandmaster.app;

import dev.bandmaster.acl.IdSyntax;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.config.ChatIds;
import dev.bandmaster.config.KnownNames;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.slack.SlackIds;
import dev.bandmaster.standard.StandardPlugins;
import dev.bandmaster.yaml.Loaded;
import dev.bandmaster.yaml.StrictYaml;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Reads the configuration, with the ids of the chat and the commands that it may name. */
public final class ConfigLoader {
  private ConfigLoader() {}

  /**
   * Reads the configuration of a bot on Slack.
   *
   * @throws dev.bandmaster.yaml.BadConfigException with every mistake in the file
   */
  public static Loaded<BotConfig> load(Path file, StrictYaml yaml) {
    return load(file, yaml, SlackIds.SYNTAX);
  }

  /**
   * Reads the configuration of a bot on another chat platform.
   *
   * @param ids what the platform's ids look like
   * @throws dev.bandmaster.yaml.BadConfigException with every mistake in the file
   */
  public static Loaded<BotConfig> load(Path file, StrictYaml yaml, IdSyntax ids) {
    Loaded<BotConfig> loaded = BotConfig.load(file, yaml, new KnownNames(chatIds(ids), commands()));
    RunbookMapper.defined(String.valueOf(file.getFileName()), loaded.value().runbooks());
    return loaded;
  }

  private static ChatIds chatIds(IdSyntax ids) {
    return new ChatIds(
        form("channel", ids.channel()), form("user", ids.user()), form("group", ids.group()));
  }

  private static ChatIds.Form form(String what, IdSyntax.Form form) {
    return new ChatIds.Form("a %s id such as %s".formatted(what, form.example()), form::matches);
  }

  private static Map<String, String> commands() {
    Map<String, String> commands = new HashMap<>();
    for (CommandPlugin plugin : StandardPlugins.withServices(Set.of())) {
      CommandDeclaration command = plugin.declaration();
      commands.put(command.name(), command.name());
      command.aliases().forEach(alias -> commands.put(alias, command.name()));
    }
    return commands;
  }
}
