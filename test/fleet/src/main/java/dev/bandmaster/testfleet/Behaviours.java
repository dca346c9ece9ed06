package dev.bandmaster.testfleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.json.DataJson;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.testfleet.Behaviour.Step;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
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
        case "ping" -> List.of(new Step.Say(wait, end(FinalCode.OK, "pong", null)));
        case "facts" ->
            List.of(new Step.Say(wait, end(FinalCode.OK, "", facts(node.description()))));
        case "adhoc" ->
            List.of(
                new Step.Say(wait, new ReportBody.Output("stdout", request.action() + " ran\n")),
                new Step.Say(Duration.ZERO, end(FinalCode.OK, "exit 0", null)));
        case Deploys.CAPABILITY -> Deploys.answer(node, request, wait);
        default -> List.of(new Step.Say(wait, end(FinalCode.OK, "done", null)));
      };
    };
  }

  /** Fails every request with this sentence. */
  public static Behaviour failing(String reason) {
    return (node, request, random) ->
        List.of(new Step.Say(Duration.ZERO, end(FinalCode.FAILED, reason, null)));
  }

  /** Accepts everything and never says anything else. */
  public static Behaviour silent() {
    return (node, request, random) -> List.of();
  }

  /** Hears nothing: not even what it was asked. */
  public static Behaviour deaf() {
    return new Behaviour() {
      @Override
      public List<Step> answer(EmulatedNode node, Request request, RandomGenerator random) {
        return List.of();
      }

      @Override
      public boolean receives(EmulatedNode node, Request request) {
        return false;
      }
    };
  }

  /** As another behaviour, but everything that much later. */
  public static Behaviour late(Duration wait, Behaviour behaviour) {
    return (node, request, random) -> {
      var steps = new ArrayList<>(behaviour.answer(node, request, random));
      if (!steps.isEmpty()) {
        steps.set(0, delayed(steps.getFirst(), wait));
      }
      return steps;
    };
  }

  /** Is killed in the middle of its work; the next life reports it as lost. */
  public static Behaviour crashing(Duration after, Duration away) {
    return (node, request, random) -> List.of(new Step.Crash(after, away, Optional.empty()));
  }

  /**
   * Does its work, and is killed after its end is on the disk and before it is told; the next life
   * tells it.
   */
  public static Behaviour crashingBeforeReply(Behaviour behaviour, Duration away) {
    return (node, request, random) -> {
      var steps = new ArrayList<>(behaviour.answer(node, request, random));
      if (!steps.isEmpty()
          && steps.getLast() instanceof Step.Say(Duration after, ReportBody.Final end)) {
        steps.set(steps.size() - 1, new Step.Crash(after, away, Optional.of(end)));
      }
      return steps;
    };
  }

  /** Does its work, tells its end, and is killed. */
  public static Behaviour crashingAfterReply(Behaviour behaviour, Duration away) {
    return (node, request, random) -> {
      var steps = new ArrayList<>(behaviour.answer(node, request, random));
      steps.add(new Step.Crash(Duration.ZERO, away, Optional.empty()));
      return steps;
    };
  }

  /** Prints {@code bytes} of output, every line with the node's name, then ends with OK. */
  public static Behaviour flooding(int bytes) {
    return (node, request, random) -> {
      var steps = new ArrayList<Step>();
      String line = node.node() + " says nothing of interest, again and again and again\n";
      String piece = line.repeat(Math.max(1, Math.min(bytes, 16_384) / line.length()));
      for (int left = bytes; left > 0; left -= piece.length()) {
        steps.add(new Step.Say(Duration.ZERO, new ReportBody.Output("stdout", piece)));
      }
      steps.add(new Step.Say(Duration.ZERO, end(FinalCode.OK, "exit 0", null)));
      return steps;
    };
  }

  /** Prints a numbered line now and then, then ends with OK. */
  public static Behaviour streaming(int lines, Duration every) {
    return (node, request, random) -> {
      var steps = new ArrayList<Step>();
      for (int line = 1; line <= lines; line++) {
        String text = "line " + line + " of " + lines + " from " + node.node() + "\n";
        steps.add(new Step.Say(every, new ReportBody.Output("stdout", text)));
      }
      steps.add(new Step.Say(Duration.ZERO, end(FinalCode.OK, "exit 0", null)));
      return steps;
    };
  }

  /** Prints what {@code text} makes of the node, then ends with OK. */
  public static Behaviour printing(Function<NodeDescription, String> text) {
    return (node, request, random) ->
        List.of(
            new Step.Say(
                Duration.ZERO, new ReportBody.Output("stdout", text.apply(node.description()))),
            new Step.Say(Duration.ZERO, end(FinalCode.OK, "exit 0", null)));
  }

  /** One behaviour for some nodes, another for the rest. */
  public static Behaviour when(
      Predicate<NodeDescription> some, Behaviour theirs, Behaviour others) {
    return new Choice((node, request) -> some.test(node.description()) ? theirs : others);
  }

  /** One behaviour for some requests, another for the rest. */
  public static Behaviour whenAsked(Predicate<Request> some, Behaviour these, Behaviour others) {
    return new Choice((node, request) -> some.test(request) ? these : others);
  }

  private record Choice(Choosing choosing) implements Behaviour {
    private interface Choosing {
      Behaviour choose(EmulatedNode node, Request request);
    }

    @Override
    public List<Step> answer(EmulatedNode node, Request request, RandomGenerator random) {
      return choosing.choose(node, request).answer(node, request, random);
    }

    @Override
    public boolean receives(EmulatedNode node, Request request) {
      return choosing.choose(node, request).receives(node, request);
    }
  }

  private static Step delayed(Step step, Duration wait) {
    return switch (step) {
      case Step.Say(Duration after, ReportBody body) -> new Step.Say(after.plus(wait), body);
      case Step.Crash(Duration after, Duration away, Optional<ReportBody.Final> end) ->
          new Step.Crash(after.plus(wait), away, end);
    };
  }

  private static JsonNode facts(NodeDescription node) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    node.facts().forEach(facts::put);
    return facts;
  }

  static ReportBody.Final end(FinalCode code, String message, @Nullable JsonNode data) {
    return new ReportBody.Final(
        code,
        message,
        code == FinalCode.OK ? 0 : 1,
        data == null ? Data.none() : DataJson.read(data));
  }
}
