package dev.bandmaster.engine.commands.addresses;

import dev.bandmaster.core.store.AddressAssignment;
import dev.bandmaster.core.store.AddressAssignment.State;
import dev.bandmaster.core.store.Addresses;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Text;
import dev.bandmaster.plugin.Topic;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code eips} and {@code eip-release}: who has which address, and giving one back. */
public final class AddressCommands {

  private static final Parameter ENVIRONMENT =
      Parameter.positional("env", new Parameter.Type.Environment(), "where");

  private static final CommandTraits TRAITS = CommandTraits.STANDARD.about(Topic.NODES);

  private static final CommandDeclaration LIST =
      new CommandDeclaration(
          "eips",
          List.of(),
          "lists the addresses of an environment and who has them",
          List.of(ENVIRONMENT),
          List.of("eips prod"),
          TRAITS);

  private static final CommandDeclaration RELEASE =
      new CommandDeclaration(
          "eip-release",
          List.of(),
          "takes an address back from an instance",
          List.of(
              ENVIRONMENT,
              Parameter.positional("instance", new Parameter.Type.Word(), "id of the instance"),
              Parameter.positional("role", new Parameter.Type.Word(), "role of the address")),
          List.of("eip-release prod i-0a1b2c3d web"),
          TRAITS);

  private final Addresses addresses;
  private final Map<String, Map<String, List<String>>> pools;
  private final InstantSource clock;

  private AddressCommands(
      Addresses addresses, Map<String, Map<String, List<String>>> pools, InstantSource clock) {
    this.addresses = addresses;
    this.pools = pools;
    this.clock = clock;
  }

  /**
   * The commands.
   *
   * @param pools the addresses by environment and role
   */
  public static List<Command> all(
      Addresses addresses, Map<String, Map<String, List<String>>> pools, InstantSource clock) {
    AddressCommands commands = new AddressCommands(addresses, pools, clock);
    return List.of(
        new Command.BuiltIn(LIST, (asker, arguments) -> commands.list(arguments.word("env"))),
        new Command.ActionCommand(RELEASE, (asker, arguments) -> commands.release(arguments)));
  }

  private Message list(String environment) {
    Map<String, List<String>> roles = new TreeMap<>(pools.getOrDefault(environment, Map.of()));
    if (roles.isEmpty()) {
      return Message.sentence("%s has no addresses in the configuration.".formatted(environment));
    }
    List<AddressAssignment> taken =
        addresses.all().stream().filter(each -> each.environment().equals(environment)).toList();
    List<Block> blocks = new ArrayList<>();
    roles.forEach((role, pool) -> {
      List<AddressAssignment> own =
          taken.stream().filter(each -> each.role().equals(role)).toList();
      long free =
          pool.stream()
              .filter(address -> own.stream().noneMatch(each -> each.address().equals(address)))
              .count();
      blocks.add(
          new Message.Paragraph(
              Text.plain("").bold(role).and(": %d of %d free".formatted(free, pool.size()))));
      own.forEach(each ->
          blocks.add(
              new Message.Footnote(
                  Text.plain("")
                      .code(each.address())
                      .and(" %s %s".formatted(inWords(each.state()), each.instance())))));
    });
    return new Message(blocks);
  }

  private static String inWords(State state) {
    return switch (state) {
      case ATTACHING -> "is being attached to";
      case ATTACHED -> "belongs to";
      case DETACHING -> "is being taken from";
    };
  }

  private Outcome release(Arguments arguments) {
    String environment = arguments.word("env");
    return addresses
        .of(environment, arguments.word("role"), arguments.word("instance"))
        .filter(each -> each.state() != State.DETACHING)
        .<Outcome>map(each ->
            Outcome.done(
                "%s is taken from %s, and is free after that."
                    .formatted(each.address(), each.instance()),
                new Change.UpdateAddress(each, each.in(State.DETACHING, clock.instant()))))
        .orElseGet(() ->
            new Outcome.Refused(
                "That instance has no address of that role. To list addresses: `eips %s`."
                    .formatted(environment)));
  }
}
