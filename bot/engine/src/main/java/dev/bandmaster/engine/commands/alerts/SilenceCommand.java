package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.alert.Silence;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.Numbers;
import dev.bandmaster.engine.pipeline.ThreadSubject;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code silence}: for a time nobody is notified of certain alerts. */
final class SilenceCommand implements Command.ActionHandler {

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
              "silence",
              List.of(),
              "silences alerts for a time",
              List.of(
                  Parameter.positional(
                      "what",
                      new Parameter.Type.Word(),
                      "an alert's number, or label=value: env, app, node, rule or any other label"),
                  Parameter.named(
                      "for", new Parameter.Type.Span(), "how long, instead of an end time"),
                  Parameter.rest(
                      "more", new Parameter.Type.Text(), "more label=value, end time, reason")),
              List.of(
                  "silence 12 --for 2h",
                  "silence env=staging rule=node_down 18:30 moving the racks"))
          .about(Topic.ALERTS);

  private static final String PAIR = "[A-Za-z_][A-Za-z0-9_.-]{0,60}=.{1,200}";

  /** Looks like a label and is none. */
  private static final String LENGTH = "for=";

  private final Alerts alerts;
  private final SilenceCreator quieting;

  SilenceCommand(Alerts alerts, SilenceCreator quieting) {
    this.alerts = alerts;
    this.quieting = quieting;
  }

  @Override
  public Right right(String permission, Arguments arguments) {
    Map<String, String> matchers = matchers(arguments);
    String environment =
        episode(arguments)
            .map(episode -> episode.topic().environment())
            .orElseGet(() -> matchers.getOrDefault("env", ""));
    return new Right(permission, environment, matchers.getOrDefault("app", ""));
  }

  @Override
  public Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
    return next.filter(word -> word.matches(PAIR) && !word.startsWith(LENGTH)).isPresent()
        ? Optional.empty()
        : AlertActions.number(subject, next);
  }

  @Override
  public Optional<String> missing(Arguments arguments) {
    String what = arguments.word("what");
    if (what.matches("[0-9]+")) {
      return episode(arguments).isPresent()
          ? Optional.empty()
          : Optional.of("There is no alert %s. To list alerts: `alerts`.".formatted(what));
    }
    return what.matches(PAIR)
        ? Optional.empty()
        : Optional.of(
            "Silence what? Give an alert's number or labels, for example `%s`."
                .formatted(DECLARATION.examples().getLast()));
  }

  private Optional<AlertGroup> episode(Arguments arguments) {
    return Numbers.named(arguments, "what").flatMap(alerts::byNumber);
  }

  private static Map<String, String> matchers(Arguments arguments) {
    Map<String, String> matchers = new LinkedHashMap<>();
    arguments
        .find("what")
        .filter(word -> word.matches(PAIR))
        .ifPresent(pair -> add(matchers, pair));
    Stream.of(arguments.find("more").orElse("").split("\\s+"))
        .takeWhile(word -> word.matches(PAIR) && !word.startsWith(LENGTH))
        .forEach(pair -> add(matchers, pair));
    return matchers;
  }

  /** What was typed behind the labels, to the letter. */
  private static String behindPairs(String typed) {
    String left = typed;
    for (String word = first(left);
        word.matches(PAIR) && !word.startsWith(LENGTH);
        word = first(left)) {
      left = left.substring(word.length()).stripLeading();
    }
    return left;
  }

  private static String first(String text) {
    return text.split("\\s", 2)[0];
  }

  private static void add(Map<String, String> matchers, String pair) {
    int equals = pair.indexOf('=');
    matchers.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    Optional<AlertGroup> episode = episode(arguments);
    if (episode.isPresent() && episode.get().hasEnded()) {
      return new Outcome.Refused("That alert is already resolved.");
    }
    Map<String, String> matchers =
        episode
            .map(found -> Map.of("topic", found.topic().key()))
            .orElseGet(() -> matchers(arguments));
    String typed = arguments.find("more").orElse("");
    return quieting.of(
        asker,
        Silence.Kind.SILENCE,
        matchers,
        episode.isEmpty() ? behindPairs(typed) : typed,
        arguments.span("for"),
        silence ->
            "%s Alerts still firing at the end are posted. To end it early: `unsilence %d`."
                .formatted(quieting.renderer().words(silence), silence.number()));
  }
}
