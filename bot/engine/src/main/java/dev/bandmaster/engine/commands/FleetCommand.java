package dev.bandmaster.engine.commands;

import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fleet}: lets nodes in and out. */
final class FleetCommand implements Command.Answer {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "fleet",
          List.of(),
          "manages which nodes are trusted",
          List.of(
              Parameter.positional(
                  "what",
                  new Parameter.Type.Choice(List.of("pending", "accept", "reject", "forget")),
                  "pending, accept, reject or forget"),
              Parameter.positional("node", new Parameter.Type.Word(), "the node's name")
                  .optional()),
          List.of("fleet pending", "fleet accept web9"));

  private final Enrolments enrolments;
  private final Presence presence;
  private final Runnable callFleet;

  /**
   * Makes the command.
   *
   * @param callFleet asks all nodes to describe themselves
   */
  FleetCommand(Enrolments enrolments, Presence presence, Runnable callFleet) {
    this.enrolments = enrolments;
    this.presence = presence;
    this.callFleet = callFleet;
  }

  @Override
  public Message to(Asker asker, Arguments arguments) {
    Optional<String> node = arguments.find("node");
    String what = arguments.word("what");
    if (what.equals("pending")) {
      return pending();
    }
    if (node.isEmpty()) {
      return Message.sentence("Which node? Run `fleet " + what + " <node>`.");
    }
    String name = node.get();
    return switch (what) {
      case "accept" -> accept(name);
      case "reject" ->
          Message.sentence(
              enrolments.reject(name)
                  ? name + " is rejected. It may ask again when its agent restarts."
                  : notWaiting(name));
      default -> forget(name);
    };
  }

  private Message pending() {
    List<Map.Entry<String, String>> waiting = enrolments.waiting();
    if (waiting.isEmpty()) {
      return Message.sentence("No node is waiting to join.");
    }
    List<Block> blocks = new ArrayList<>();
    waiting.forEach(entry ->
        blocks.add(
            new Message.Paragraph(
                Text.EMPTY.bold(entry.getKey()).and("  fingerprint ").code(entry.getValue()))));
    blocks.add(
        new Message.Footnote(
            Text.sentence("Compare with the agent's log, then run `fleet accept <node>`.")));
    return new Message(blocks);
  }

  private Message accept(String name) {
    return enrolments
        .accept(name)
        .map(key -> {
          callFleet.run();
          return Message.sentence(
              name + " is accepted, trusted by the key " + key.fingerprint() + ".");
        })
        .orElseGet(() -> Message.sentence(notWaiting(name)));
  }

  private Message forget(String name) {
    boolean known = enrolments.forget(name);
    presence.forget(name);
    return Message.sentence(
        known
            ? name + " is forgotten. To join again, it must be accepted again."
            : "There is no trusted node '" + name + "'.");
  }

  private static String notWaiting(String name) {
    return "'" + name + "' is not waiting to join. To list waiting nodes: `fleet pending`.";
  }
}
