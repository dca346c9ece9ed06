package dev.bandmaster.engine.commands;

import dev.bandmaster.core.job.Right;
import dev.bandmaster.engine.fleet.Acceptance;
import dev.bandmaster.engine.fleet.Enrolments;
import dev.bandmaster.engine.fleet.Presence;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.Confirm;
import dev.bandmaster.model.NodeFilter;
import dev.bandmaster.model.NodeFilter.Parsed;
import dev.bandmaster.model.NodePublicKey;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code fleet}: lets nodes in and out. A key is accepted by its fingerprint only, so that what
 * arrives after a person compared is never taken for what was compared.
 */
final class FleetCommand implements Command.ActionHandler {

  private static final String TOKEN = "token";

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "fleet",
          List.of(),
          "manages which nodes are trusted",
          List.of(
              Parameter.positional(
                  "what",
                  new Parameter.Type.Choice(
                      List.of("pending", "accept", "replace", "reject", "forget", TOKEN)),
                  "pending, accept, replace, reject, forget or token"),
              Parameter.positional(
                      "node",
                      new Parameter.Type.Word(),
                      "the node's name; for accept and reject also a pattern such as web*; for token create, list or revoke")
                  .optional(),
              Parameter.positional(
                      "fingerprint",
                      new Parameter.Type.Word(),
                      "of the key to accept, as the agent's log shows it; for token revoke its number")
                  .optional(),
              Parameter.named(
                  "env", new Parameter.Type.Environment(), "whose nodes a token lets in"),
              Parameter.named(
                  "uses", new Parameter.Type.Word(), "how many nodes a token lets in (default: 1)"),
              Parameter.named(
                  "expires",
                  new Parameter.Type.Span(),
                  "for how long a token is valid (default: 1h)")),
          List.of(
              "fleet pending",
              "fleet accept web9",
              "fleet accept web*",
              "fleet reject web*",
              "fleet token create --env staging --uses 50 --expires 2h"));

  /** How the word begins that stands for several keys that were shown together. */
  private static final String ALL = "all:";

  /** Nodes that are accepted together: what a person can compare in one sitting. */
  private static final int MOST_TOGETHER = 100;

  /** Lines of one block: Slack takes 3,000 characters, and a name may be long. */
  private static final int LINES = 25;

  private static final int DIGEST_BYTES = 12;

  private final FleetTokens tokens;
  private final Enrolments enrolments;
  private final Presence presence;
  private final Runnable callFleet;
  private final InstantSource clock;

  /**
   * Makes the command.
   *
   * @param callFleet asks all nodes to describe themselves
   */
  FleetCommand(
      FleetTokens tokens,
      Enrolments enrolments,
      Presence presence,
      Runnable callFleet,
      InstantSource clock) {
    this.tokens = tokens;
    this.enrolments = enrolments;
    this.presence = presence;
    this.callFleet = callFleet;
    this.clock = clock;
  }

  /** A token is made and revoked where it lets nodes in. */
  @Override
  public Right right(String permission, Arguments arguments) {
    String environment =
        arguments.word("what").equals(TOKEN)
            ? arguments
                .find("env")
                .or(() -> tokens.environmentOf(arguments.find("fingerprint").orElse("")))
                .orElse("")
            : "";
    return new Right(permission, environment, "");
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    return arguments.word("what").equals(TOKEN)
        ? tokens.of(asker, arguments)
        : new Outcome.Done(to(arguments), List.of());
  }

  private Message to(Arguments arguments) {
    Optional<String> node =
        arguments.find("node").or(() -> arguments.find("env").map(env -> "env=" + env));
    String what = arguments.word("what");
    if (what.equals("pending")) {
      return pending();
    }
    if (node.isEmpty()) {
      return Message.sentence("Which node? Run `fleet " + what + " <node>`.");
    }
    String name = node.get();
    Optional<String> fingerprint = arguments.find("fingerprint");
    return switch (what) {
      case "accept", "replace" ->
          fingerprint
              .map(shown ->
                  shown.startsWith(ALL) ? acceptAll(name, shown) : trust(what, name, shown))
              .orElseGet(() -> show(what, name));
      case "reject" -> reject(name);
      default -> forget(name);
    };
  }

  private Message pending() {
    List<Map.Entry<String, NodePublicKey>> waiting = enrolments.waiting();
    if (waiting.isEmpty()) {
      return Message.sentence("No node is waiting to join.");
    }
    Map<String, Long> keys =
        waiting.stream().collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.counting()));
    List<Block> blocks = new ArrayList<>();
    waiting.forEach(entry -> {
      String node = entry.getKey();
      Text line = Text.EMPTY.bold(node).and("  fingerprint ").code(entry.getValue().fingerprint());
      Optional<NodePublicKey> trusted = enrolments.keyOf(node);
      if (trusted.isPresent()) {
        line = line.and("  " + alreadyIn(node, trusted.get()));
      } else if (keys.getOrDefault(node, 0L) > 1) {
        line = line.and("  conflict: %d keys were shown under this name".formatted(keys.get(node)));
      }
      blocks.add(new Message.Paragraph(line));
    });
    if (enrolments.notKept() > 0) {
      blocks.add(
          new Message.Paragraph(
              Text.plain(
                  "%d more keys were shown and not kept: too many wait. Reject what is not yours."
                      .formatted(enrolments.notKept()))));
    }
    blocks.add(
        new Message.Footnote(
            Text.sentence(
                "Compare with the agent's log, then run `fleet accept <node> <fingerprint>`.")));
    return new Message(blocks);
  }

  private String alreadyIn(String node, NodePublicKey trusted) {
    String seen =
        presence
            .lastSeen(node)
            .map(at -> Duration.between(at, clock.instant()))
            .map(ago -> Spans.words(ago.isNegative() ? Duration.ZERO : ago))
            .map(ago -> ", last seen " + ago + " ago")
            .orElse("");
    return "already in under key %s%s; accepting replaces it"
        .formatted(trusted.fingerprint(), seen);
  }

  /** What waits under a name, to compare. */
  private Message show(String what, String name) {
    List<NodePublicKey> keys = enrolments.waitingKeys(name);
    Optional<NodePublicKey> trusted = enrolments.keyOf(name);
    if (keys.isEmpty() && trusted.isEmpty() && what.equals("accept")) {
      return together(name);
    }
    String verb = trusted.isPresent() ? "replace" : "accept";
    if (keys.isEmpty()) {
      return Message.sentence(notWaiting(name));
    }
    List<Block> blocks = new ArrayList<>();
    trusted.ifPresent(key ->
        blocks.add(
            new Message.Paragraph(Text.EMPTY.bold(name).and(" is " + alreadyIn(name, key) + "."))));
    if (keys.size() > 1) {
      blocks.add(
          new Message.Paragraph(
              Text.plain("Conflict: %d keys were shown under the name ".formatted(keys.size()))
                  .bold(name)
                  .and(". At most one of them is the server's.")));
    }
    for (NodePublicKey key : keys) {
      blocks.add(
          new Message.Paragraph(
              Text.EMPTY.bold(name).and("  fingerprint ").code(key.fingerprint())));
    }
    blocks.add(
        new Message.Footnote(
            Text.sentence(
                "Compare with the agent's log, then run `fleet %s %s <fingerprint>`%s."
                    .formatted(verb, name, keys.size() == 1 ? ", or use the button" : ""))));
    if (keys.size() == 1) {
      blocks.add(new Message.Buttons(List.of(button(verb, name, keys.getFirst()))));
    }
    return new Message(blocks);
  }

  /** Several nodes that wait, to compare and to accept at once. */
  private Message together(String pattern) {
    return switch (NodeFilter.parse(pattern)) {
      case Parsed.Invalid(String reason, int column) -> invalid(pattern, reason, column);
      case Parsed.Valid(NodeFilter meant) -> {
        SortedMap<String, NodePublicKey> all = enrolments.acceptable(meant::couldMatch);
        yield all.isEmpty() ? Message.sentence(notWaiting(pattern)) : asked(pattern, all);
      }
    };
  }

  private static Message asked(String pattern, SortedMap<String, NodePublicKey> all) {
    SortedMap<String, NodePublicKey> shown = first(all);
    List<String> lines =
        shown.entrySet().stream()
            .map(node -> node.getValue().fingerprint() + "  " + node.getKey())
            .toList();
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += LINES) {
      blocks.add(
          new Message.Preformatted(
              String.join("\n", lines.subList(from, Math.min(lines.size(), from + LINES)))));
    }
    int left = all.size() - shown.size();
    blocks.add(
        new Message.Footnote(
            Text.sentence(
                "Compare each with its agent's log. The button accepts these %d keys and no others.%s"
                    .formatted(
                        shown.size(),
                        left == 0
                            ? ""
                            : " %d more wait: say it again afterwards.".formatted(left)))));
    String label = shown.size() == 1 ? "Accept" : "Accept all " + shown.size();
    blocks.add(
        new Message.Buttons(
            List.of(
                new Button(
                    Confirm.ACTION,
                    "fleet accept %s %s".formatted(pattern, digest(shown)),
                    label,
                    Button.Style.DANGER,
                    Optional.of(
                        new Message.Confirmation(
                            label + "?",
                            "Did you compare the fingerprints with what the agents' logs show?",
                            label,
                            "No"))))));
    return new Message(blocks);
  }

  private Message acceptAll(String pattern, String digest) {
    return switch (NodeFilter.parse(pattern)) {
      case Parsed.Invalid(String reason, int column) -> invalid(pattern, reason, column);
      case Parsed.Valid(NodeFilter meant) -> {
        SortedMap<String, NodePublicKey> nodes = first(enrolments.acceptable(meant::couldMatch));
        if (!digest(nodes).equals(digest)) {
          yield Message.sentence(
              "Other keys wait now than those that were shown, so nothing was accepted. To see them: `fleet accept %s`."
                  .formatted(pattern));
        }
        enrolments.accept(nodes);
        callFleet.run();
        yield Message.sentence(
            nodes.size() == 1
                ? nodes.firstKey() + " is accepted."
                : "%d nodes are accepted: %s."
                    .formatted(nodes.size(), names(List.copyOf(nodes.keySet()))));
      }
    };
  }

  private static SortedMap<String, NodePublicKey> first(SortedMap<String, NodePublicKey> all) {
    SortedMap<String, NodePublicKey> first = new TreeMap<>();
    all.entrySet().stream()
        .limit(MOST_TOGETHER)
        .forEach(node -> first.put(node.getKey(), node.getValue()));
    return first;
  }

  /** Stands for exactly these names and keys. */
  private static String digest(SortedMap<String, NodePublicKey> nodes) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      nodes.forEach((node, key) ->
          hash.update((node + "\n" + key.x25519() + "\n").getBytes(StandardCharsets.UTF_8)));
      return ALL + HexFormat.of().formatHex(hash.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Message invalid(String pattern, String reason, int column) {
    return Message.sentence(
        "The pattern '%s' is invalid at character %d: %s".formatted(pattern, column, reason));
  }

  private static Button button(String verb, String name, NodePublicKey key) {
    String label = verb.equals("accept") ? "Accept" : "Replace the key";
    return new Button(
        Confirm.ACTION,
        "fleet %s %s %s".formatted(verb, name, key.fingerprint()),
        label,
        Button.Style.DANGER,
        Optional.of(
            new Message.Confirmation(
                label + "?",
                "Does the agent's log on the server show %s?".formatted(key.fingerprint()),
                label,
                "No")));
  }

  private Message trust(String verb, String name, String fingerprint) {
    Acceptance result =
        verb.equals("accept")
            ? enrolments.accept(name, fingerprint)
            : enrolments.replace(name, fingerprint);
    return switch (result) {
      case Acceptance.Accepted(NodePublicKey key) -> {
        callFleet.run();
        yield Message.sentence(
            name
                + " is accepted, trusted by the key "
                + key.fingerprint()
                + (verb.equals("replace") ? ". The key before is trusted no longer." : "."));
      }
      case Acceptance.AlreadyTrusted(NodePublicKey by) ->
          Message.sentence(
              "%s is %s. To replace it: `fleet replace %s %s`."
                  .formatted(name, alreadyIn(name, by), name, fingerprint));
      case Acceptance.NotTrusted() ->
          Message.sentence(
              "There is no trusted node '%s', so nothing is to be replaced. To accept it: `fleet accept %s %s`."
                  .formatted(name, name, fingerprint));
      case Acceptance.NotWaiting() ->
          Message.sentence(
              enrolments.waitingKeys(name).isEmpty()
                  ? notWaiting(name)
                  : "%s shows no key with the fingerprint %s. To see what it shows: `fleet pending`."
                      .formatted(name, fingerprint));
    };
  }

  private Message reject(String pattern) {
    return switch (NodeFilter.parse(pattern)) {
      case Parsed.Invalid(String reason, int column) -> invalid(pattern, reason, column);
      case Parsed.Valid(NodeFilter meant) -> {
        List<String> gone = enrolments.reject(meant::couldMatch);
        yield Message.sentence(
            switch (gone.size()) {
              case 0 -> notWaiting(pattern);
              case 1 -> gone.getFirst() + " is rejected. It may ask again when its agent restarts.";
              default ->
                  "%d nodes are rejected: %s. They may ask again when their agents restart."
                      .formatted(gone.size(), names(gone));
            });
      }
    };
  }

  private static String names(List<String> nodes) {
    return nodes.size() <= 10
        ? String.join(", ", nodes)
        : "%s and %d more".formatted(String.join(", ", nodes.subList(0, 10)), nodes.size() - 10);
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
