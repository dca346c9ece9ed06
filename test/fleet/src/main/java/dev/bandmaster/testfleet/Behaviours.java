package dev.bandmaster.testfleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.testfleet.Behaviour.Step;
import dev.bandmaster.wire.FinalCode;
import dev.bandmaster.wire.NodeDescription;
import dev.bandmaster.wire.ReplyBody;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Ready-made behaviours, and how to mix them. */
public final class Behaviours {
  private Behaviours() {}

  /**
   * Answers {@code ping}, {@code facts}, {@code adhoc} and {@code deploy} as a healthy agent does;
   * anything else OK.
   */
  public static Behaviour healthy() {
    return healthyAfter(Duration.ZERO);
  }

  /** As {@link #healthy}, the first answer after up to {@code longest}, by chance. */
  public static Behaviour healthyAfter(Duration longest) {
    return (node, request, random) -> {
      Duration wait = Duration.ofNanos((long) (random.nextDouble() * longest.toNanos()));
      return switch (request.capability()) {
        case "ping" -> List.of(new Step(wait, end(FinalCode.OK, "pong", null)));
        case "facts" -> List.of(new Step(wait, end(FinalCode.OK, "", facts(node))));
        case "adhoc" ->
            List.of(
                new Step(wait, new ReplyBody.Output("stdout", request.action() + " ran\n")),
                new Step(Duration.ZERO, end(FinalCode.OK, "exit 0", null)));
        case "deploy" -> deploy(request, wait);
        default -> List.of(new Step(wait, end(FinalCode.OK, "done", null)));
      };
    };
  }

  /** Fails every request with this sentence. */
  public static Behaviour failing(String reason) {
    return (node, request, random) ->
        List.of(new Step(Duration.ZERO, end(FinalCode.FAILED, reason, null)));
  }

  /** Accepts everything and never says anything else. */
  public static Behaviour silent() {
    return (node, request, random) -> List.of();
  }

  /** Prints {@code bytes} of output, every line with the node's name, then ends with OK. */
  public static Behaviour flooding(int bytes) {
    return (node, request, random) -> {
      var steps = new ArrayList<Step>();
      String line = node.node() + " says nothing of interest, again and again and again\n";
      String piece = line.repeat(Math.max(1, Math.min(bytes, 16_384) / line.length()));
      for (int left = bytes; left > 0; left -= piece.length()) {
        steps.add(new Step(Duration.ZERO, new ReplyBody.Output("stdout", piece)));
      }
      steps.add(new Step(Duration.ZERO, end(FinalCode.OK, "exit 0", null)));
      return steps;
    };
  }

  /** Prints what {@code text} makes of the node, then ends with OK. */
  public static Behaviour printing(Function<NodeDescription, String> text) {
    return (node, request, random) ->
        List.of(
            new Step(Duration.ZERO, new ReplyBody.Output("stdout", text.apply(node))),
            new Step(Duration.ZERO, end(FinalCode.OK, "exit 0", null)));
  }

  /** One behaviour for some nodes, another for the rest. */
  public static Behaviour when(
      Predicate<NodeDescription> some, Behaviour theirs, Behaviour others) {
    return (node, request, random) ->
        (some.test(node) ? theirs : others).answer(node, request, random);
  }

  private static List<Step> deploy(Request request, Duration wait) {
    var steps = new ArrayList<Step>();
    for (String key : List.of("fetch", "verify", "unpack", "switch", "restart", "health")) {
      steps.add(
          new Step(steps.isEmpty() ? wait : Duration.ZERO, new ReplyBody.Progress(key, "done")));
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("version", request.arguments().path("version").asText(""));
    steps.add(new Step(Duration.ZERO, end(FinalCode.OK, "deployed", data)));
    return steps;
  }

  private static JsonNode facts(NodeDescription node) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    node.facts().forEach(facts::put);
    return facts;
  }

  private static ReplyBody.Final end(FinalCode code, String message, @Nullable JsonNode data) {
    return new ReplyBody.Final(
        code,
        message,
        code == FinalCode.OK ? 0 : 1,
        data == null ? JsonNodeFactory.instance.nullNode() : data);
  }
}
