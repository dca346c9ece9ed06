package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bandmaster run}: the bot, until it is stopped. */
@Command(
    name = "run",
    description = "Runs the bot until it is stopped.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  /** What an init system takes for "do not restart; fix the configuration". */
  private static final int CANNOT_WORK = 78;

  @Mixin private ConfigFile config = new ConfigFile();

  @Override
  public Integer call() throws Exception {
    CompletableFuture<String> fatal = new CompletableFuture<>();
    BotConfig settings = config.load();
    SecureRandom random = new SecureRandom();
    Bot bot =
        StoreWait.start(
            () -> Bot.start(settings, InstantSource.system(), random, fatal::complete),
            random,
            Thread::sleep);
    Runtime.getRuntime().addShutdownHook(new Thread(bot::close, "stop"));
    String reason = fatal.get();
    System.err.println("Stopped: " + reason);
    return CANNOT_WORK;
  }
}
