package dev.bandmaster.engine.commands;

import dev.bandmaster.acl.Explanation;
import dev.bandmaster.acl.Request;
import dev.bandmaster.engine.pipeline.AccessRequests;
import dev.bandmaster.engine.pipeline.ArgumentReader;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.CommandReader;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@code why <command>}: what the rules say to a command of the asker's, without running it. */
final class Why implements Command.Answer {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "why",
          List.of(),
          "says whether you may run a command and by which rule",
          List.of(Parameter.rest("command", new Parameter.Type.Text(), "the full command")),
          List.of("why codeupdate prod web"));

  private final CommandReader reader;
  private final Function<Request, Explanation> policy;
  private final InstantSource clock;

  Why(CommandReader reader, Function<Request, Explanation> policy, InstantSource clock) {
    this.reader = reader;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    return arguments
        .find("command")
        .map(line ->
            switch (reader.check(asker, line)) {
              case CommandReader.Mistaken(String reason) -> Message.sentence(reason);
              case CommandReader.Good(var _, Command command, Arguments given, var _) ->
                  explain(asker, command, given);
            })
        .orElseGet(
            () -> Message.sentence("Which command? For example: `why codeupdate prod web`."));
  }

  private Message explain(Asker asker, Command command, Arguments given) {
    Explanation explanation =
        policy.apply(AccessRequests.about(asker, command, given, clock.instant()));
    String canonical = ArgumentReader.canonical(command.declaration(), given);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY.code(canonical).and("  " + explanation.decision().reason())));
    if (!explanation.decision().rules().isEmpty()) {
      blocks.add(
          new Message.Footnote(
              Text.plain("decided by " + String.join(", ", explanation.decision().rules()))));
    }
    return new Message(blocks);
  }
}
