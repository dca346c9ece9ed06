package dev.bandmaster.engine.commands;

import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code version}: which Bandmaster answers, on which Java, and since when it runs. */
public final class VersionCommand implements Command.Answer {

  private static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "version",
          List.of(),
          "shows which version of me runs, and since when",
          List.of(),
          List.of("version"));

  private final String replica;
  private final Optional<String> version;
  private final Instant started;

  private VersionCommand(String replica, Optional<String> version, Instant started) {
    this.replica = replica;
    this.version = version;
    this.started = started;
  }

  /**
   * The command.
   *
   * @param version empty where the program runs from its classes and not from a jar
   */
  public static Command of(String replica, Optional<String> version, Instant started) {
    return new Command.BuiltIn(DECLARATION, new VersionCommand(replica, version, started));
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    return Message.of(
        new Message.Paragraph(
            Text.EMPTY
                .bold("Bandmaster " + version.orElse("built from source"))
                .and(" on Java " + Runtime.version() + ", replica ")
                .code(replica)
                .and(", running since ")
                .moment(started)));
  }
}
