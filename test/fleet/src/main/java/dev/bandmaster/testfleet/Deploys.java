package dev.bandmaster.testfleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.testfleet.Behaviour.Step;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a healthy node answers to {@code deploy}, in the words of the real agent. */
final class Deploys {
  static final String CAPABILITY = "deploy";

  private static final List<String> STEPS =
      List.of("fetch", "verify", "unpack", "switch", "restart", "health");

  private Deploys() {}

  static List<Step> answer(EmulatedNode node, Request request, Duration wait) {
    String app = app(request);
    Optional<String> current = node.current(app);
    if (current.isEmpty()) {
      return failed(wait, "This node's configuration does not define the app " + app + ".");
    }
    return switch (request.action()) {
      case "deploy", "rollback" -> {
        Optional<String> target = target(node, request);
        yield target.isPresent()
            ? installed(app, current.get(), target.get(), wait)
            : failed(wait, "There is no earlier version of " + app + " on this node.");
      }
      case "status" -> status(node, app, current.get(), wait);
      default ->
          List.of(
              new Step.Say(
                  wait,
                  Behaviours.end(
                      FinalCode.OK,
                      app + " " + current.get() + " " + request.action() + " done.",
                      null)));
    };
  }

  /** The version that a request makes current when it succeeds. */
  static Optional<String> target(EmulatedNode node, Request request) {
    Optional<String> named =
        Optional.ofNullable(request.arguments().get("version")).map(JsonNode::asText);
    return switch (request.action()) {
      case "deploy" -> named;
      case "rollback" ->
          named.isPresent() ? named : Optional.ofNullable(node.previous().get(app(request)));
      default -> Optional.empty();
    };
  }

  static String app(Request request) {
    return request.arguments().path("app").asText("");
  }

  private static List<Step> installed(String app, String before, String version, Duration wait) {
    var steps = new ArrayList<Step>();
    for (String key : STEPS) {
      steps.add(
          new Step.Say(
              steps.isEmpty() ? wait : Duration.ZERO, new ReportBody.Progress(key, "done")));
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("app", app).put("version", version).put("before", before).put("current", version);
    steps.add(
        new Step.Say(
            Duration.ZERO,
            Behaviours.end(FinalCode.OK, app + " " + version + " is running on this node.", data)));
    return steps;
  }

  private static List<Step> status(EmulatedNode node, String app, String current, Duration wait) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("app", app).put("current", current);
    String previous = node.previous().get(app);
    if (previous != null) {
      data.put("previous", previous);
    }
    data.put("running", true);
    return List.of(new Step.Say(wait, Behaviours.end(FinalCode.OK, app + " " + current, data)));
  }

  private static List<Step> failed(Duration wait, String reason) {
    return List.of(new Step.Say(wait, Behaviours.end(FinalCode.FAILED, reason, null)));
  }
}
