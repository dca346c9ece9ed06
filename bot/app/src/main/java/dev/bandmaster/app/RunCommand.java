package dev.bandmaster.app;

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
    Bot bot = Bot.start(config.load(), InstantSource.system(), new SecureRandom(), fatal::complete);
    Runtime.getRuntime().addShutdownHook(new Thread(bot::close, "stop"));
    String reason = fatal.get();
    System.err.println("Stopped: " + reason);
    return CANNOT_WORK;
  }
}
