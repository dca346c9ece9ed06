package dev.bandmaster.agent.intake;

import dev.bandmaster.config.LocalRule;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.wire.Request;
import java.util.List;
import java.util.stream.Stream;

/**
 * The node decides last: a request that matches none of its own rules is refused, whatever the bot
 * has allowed. No rules, no work.
 */
final class AllowedHere implements Stage {

  private final List<LocalRule> rules;
  private final String env;

  AllowedHere(List<LocalRule> rules, String env) {
    this.rules = List.copyOf(rules);
    this.env = env;
  }

  @Override
  public Verdict check(Request request) {
    List<String> names =
        Stream.of(
                List.of(request.caller().principal()),
                request.caller().aliases(),
                request.caller().roles())
            .flatMap(List::stream)
            .toList();
    String action = request.capability() + "." + request.action();
    String app = request.arguments().path("app").asText("");
    // A runner works in other environments than its own; what it is asked for decides.
    String place = request.arguments().path("env").asText(env);
    return rules.stream().anyMatch(rule -> rule.covers(names, action, app, place))
        ? Verdict.pass()
        : new Verdict.Refuse(
            FinalCode.DENIED,
            "This node's policy does not allow "
                + request.caller().principal()
                + " to use "
                + action
                + (app.isEmpty() ? "" : " on " + app)
                + (place.equals(env) ? "" : " in " + place)
                + ". Ask the node's operators to add a rule to the agent's configuration.");
  }
}
