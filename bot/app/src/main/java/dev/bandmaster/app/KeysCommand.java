package dev.bandmaster.app;

import dev.bandmaster.config.BotConfig;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.wire.BotKeyFolder;
import dev.bandmaster.wire.BotKeySet;
import dev.bandmaster.wire.BotKeySet.Entry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code bandmaster keys}: the lines every agent has to be given, and the life of the keys behind
 * them. Works on the folder of keys alone; a bot that runs reads it again by itself.
 */
@Command(
    name = "keys",
    description = {
      "Prints the bot's public keys for the agents, a line each; creates the keys on first use.",
      "Subcommands change keys without a pause; a running bot needs no restart."
    },
    synopsisSubcommandLabel = "[list | rotate | retire ID]",
    mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
  /** Time to give the new line to all agents. */
  private static final String USUAL_WAIT = "7d";

  private final InstantSource clock = InstantSource.system();

  /** Not required here: a subcommand has its own. */
  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
  private Optional<Path> config = Optional.empty();

  @Spec private CommandSpec spec = CommandSpec.create();

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** A length of time on the command line. */
  static final class SpanOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return Spans.parse(value)
          .filter(Duration::isPositive)
          .orElseThrow(() ->
              new TypeConversionException(
                  "'%s' is not a length of time such as 7d or 12h".formatted(value)));
    }
  }

  @Override
  public Integer call() {
    Path file =
        config.orElseThrow(() ->
            new ParameterException(spec.commandLine(), "Missing required option: '--config=FILE'"));
    open(ConfigFile.load(file)).keys().lines(clock.instant()).forEach(out()::println);
    return 0;
  }

  /** The folder and what is in it. */
  private record Opened(BotKeyFolder folder, BotKeySet keys) {}

  private Opened open(BotConfig settings) {
    var folder = new BotKeyFolder(settings.bus().keys());
    try {
      return new Opened(folder, folder.open(clock));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Command(
      name = "list",
      description = "Lists the bot's keys: which signs, which will, and when they end.",
      mixinStandardHelpOptions = true)
  int list(@Mixin ConfigFile file) {
    BotKeySet keys = open(file.load()).keys();
    Instant now = clock.instant();
    Optional<Entry> signing = keys.signing(now);
    for (Entry entry : keys.entries()) {
      out().printf("%-24s  %s%n", entry.id(), state(entry, signing, now));
    }
    keys.signsUntil(now)
        .flatMap(end -> FleetKeys.threshold(now, end).map(_ -> end))
        .ifPresent(end ->
            out()
                .printf(
                    "The last key ends on %s. Run 'bandmaster keys rotate' and give the new line to all agents.%n",
                    second(end)));
    return 0;
  }

  private static String state(Entry entry, Optional<Entry> signing, Instant now) {
    Instant until = second(entry.until());
    if (entry.hasEnded(now)) {
      return "ended on " + until;
    }
    if (signing.filter(entry::equals).isPresent()) {
      return "signs, until %s (%s left)"
          .formatted(until, Spans.words(Duration.between(now, until)));
    }
    return now.isBefore(entry.signsFrom())
        ? "signs from %s until %s".formatted(second(entry.signsFrom()), until)
        : "replaced, agents accept it until " + until;
  }

  @Command(
      name = "rotate",
      description = {
        "Creates the next key and prints the lines for the agents.",
        "The bot signs with it from the time that is printed; until then, give the lines to every "
            + "agent. The key before stays valid until you retire it."
      },
      mixinStandardHelpOptions = true)
  int rotate(
      @Mixin ConfigFile file,
      @Option(
              names = "--in",
              paramLabel = "TIME",
              description = "When the bot begins to sign with it; default: ${DEFAULT-VALUE}.",
              defaultValue = USUAL_WAIT,
              converter = SpanOption.class)
          Duration in,
      @Option(
              names = "--now",
              description =
                  "Sign with it at once. Agents that do not have its line refuse all requests: for a "
                      + "stolen or ended key only.")
          boolean atOnce,
      @Option(
              names = "--valid-for",
              paramLabel = "TIME",
              description = "How long it counts from then on; default: ${DEFAULT-VALUE}.",
              defaultValue = "730d",
              converter = SpanOption.class)
          Duration validFor) {
    Opened opened = open(file.load());
    Instant now = clock.instant();
    Optional<Entry> next = opened.keys().future(now).stream().findFirst();
    if (next.isPresent() && !atOnce) {
      err()
          .printf(
              "%s is ready already and signs from %s. Nothing was created; to drop it first: 'bandmaster keys retire %s'.%n",
              next.get().id(), second(next.get().signsFrom()), next.get().id());
      return 1;
    }
    try {
      // Not by the second: keys that were made in the same one would have no order.
      Entry made = opened.folder().add(atOnce ? now : second(now.plus(in)), validFor);
      opened.folder().open(clock).lines(now).forEach(out()::println);
      err()
          .printf(
              "%s signs from %s until %s.%n"
                  + "1. Write all lines above into every agent's bots.keys_file; agents read it again by themselves.%n"
                  + "2. Copy %s.json to the key folder of every other replica.%n"
                  + "3. When 'status' names no node under an old key: 'bandmaster keys retire <old id>'.%n",
              made.id(), second(made.signsFrom()), second(made.until()), made.id());
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Command(
      name = "retire",
      description = {
        "Takes a key out of use; its file moves to the folder 'retired'.",
        "Refused for the key that signs, and for the only one that agents may write under."
      },
      mixinStandardHelpOptions = true)
  int retire(
      @Mixin ConfigFile file,
      @Parameters(paramLabel = "ID", description = "As 'bandmaster keys list' shows it.")
          String id) {
    Opened opened = open(file.load());
    Instant now = clock.instant();
    Optional<Entry> meant = opened.keys().find(id);
    if (meant.isEmpty()) {
      err().printf("There is no key '%s'. To list all: 'bandmaster keys list'.%n", id);
      return 1;
    }
    if (opened.keys().signing(now).filter(meant.get()::equals).isPresent()) {
      err()
          .printf(
              "%s is the key that signs. First 'bandmaster keys rotate', then wait until the new one signs.%n",
              id);
      return 1;
    }
    try {
      Path kept = opened.folder().retire(id);
      out().printf("%s is retired; the bot takes nothing under it any more.%n", id);
      out()
          .printf(
              "Remove its line from the agents' bots.keys_file. The file is now %s; delete it when nothing is missed.%n",
              kept);
      if (meant.get().keys().publicKeys().countsAt(now) && now.isBefore(meant.get().signsFrom())) {
        out()
            .printf(
                "Agents that have its line write under it already and are not heard until the line is removed.%n");
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Instant second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
