package dev.bandmaster.app;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bandmaster keys}: the line every agent has to be given. */
@Command(
    name = "keys",
    description = "Prints the bot's public keys for the agents; creates the keys on first use.",
    mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {

  @Mixin private ConfigFile config = new ConfigFile();

  @Override
  public Integer call() {
    System.out.println(
        BusModule.keys(config.load().bus(), InstantSource.system()).publicKeys().line());
    return 0;
  }
}
