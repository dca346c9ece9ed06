package dev.bandmaster.testkit;

import dev.bandmaster.app.Bot;
import dev.bandmaster.app.ConfigLoader;
import dev.bandmaster.config.BotConfig;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.wire.KeyFiles;
import dev.bandmaster.yaml.Environment;
import dev.bandmaster.yaml.Limits;
import dev.bandmaster.yaml.StrictYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The bot as shipped, configured by the shipped files, with addresses and folders of a rehearsal in
 * place of the real ones.
 */
public final class BotOnSimulator {

  private final Path folder;
  private final Map<String, String> environment;
  private final Optional<ChatPlatform.Factory> platform;

  /**
   * Prepares a bot.
   *
   * @param folder where it keeps its keys and its store; a second bot on it takes up the first's
   *     work
   * @param more variables for the shipped configuration, which win over the usual ones
   */
  public BotOnSimulator(
      SlackSimulator slack, String brokerUri, Path folder, Map<String, String> more) {
    this(
        Map.of(
            "SLACK_APP_TOKEN", slack.workspace().bot().appToken(),
            "SLACK_BOT_TOKEN", slack.workspace().bot().botToken(),
            "SLACK_API_URL", slack.apiUrl()),
        Optional.empty(),
        brokerUri,
        folder,
        more);
  }

  private BotOnSimulator(
      Map<String, String> slack,
      Optional<ChatPlatform.Factory> platform,
      String brokerUri,
      Path folder,
      Map<String, String> more) {
    this.folder = folder;
    this.platform = platform;
    Map<String, String> variables = new HashMap<>(slack);
    variables.put("BANDMASTER_BROKER", brokerUri);
    variables.put("BANDMASTER_DATA", folder.toString());
    variables.put("BANDMASTER_ENROLMENT", "automatic");
    variables.put("BANDMASTER_WEB_PORT", "0");
    variables.putAll(more);
    this.environment = Map.copyOf(variables);
  }

  /** Prepares a bot on another chat platform than Slack; the other parameters are the same. */
  public static BotOnSimulator on(
      ChatPlatform.Factory platform, String brokerUri, Path folder, Map<String, String> more) {
    // The configuration wants tokens; nobody uses them.
    Map<String, String> slack = Map.of("SLACK_APP_TOKEN", "unused", "SLACK_BOT_TOKEN", "unused");
    return new BotOnSimulator(slack, Optional.of(platform), brokerUri, folder, more);
  }

  /** What fills the shipped configuration in, for a bot that is a process of its own. */
  public Map<String, String> environment() {
    return environment;
  }

  /** The shipped configuration, filled in. */
  public BotConfig config() {
    return config(ShippedFiles.config("bandmaster.yaml"));
  }

  /** The configuration in a file that is like the shipped one, filled in. */
  public BotConfig config(Path file) {
    StrictYaml yaml = new StrictYaml(Limits.STANDARD, Environment.of(environment));
    return platform
        .map(other -> ConfigLoader.load(file, yaml, other.ids()))
        .orElseGet(() -> ConfigLoader.load(file, yaml))
        .value();
  }

  /** The line by which agents know the bot; its keys are made if there are none yet. */
  public String keyLine() throws IOException {
    return KeyFiles.bot(folder.resolve("keys/bot.json"), InstantSource.system())
        .publicKeys()
        .line();
  }

  /** Starts it. */
  public Bot start(Consumer<String> onFatal) {
    return start(UnaryOperator.identity(), onFatal);
  }

  /** Starts it with something in its configuration changed. */
  public Bot start(UnaryOperator<BotConfig> change, Consumer<String> onFatal) {
    BotConfig config = change.apply(config());
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    return platform
        .map(other -> Bot.start(config, other, clock, random, onFatal))
        .orElseGet(() -> Bot.start(config, clock, random, onFatal));
  }
}
