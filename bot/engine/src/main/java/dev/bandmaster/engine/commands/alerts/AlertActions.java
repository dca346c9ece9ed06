package dev.bandmaster.engine.commands.alerts;

import dev.bandmaster.core.alert.AlertEvent;
import dev.bandmaster.core.alert.AlertGroup;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.Alerts;
import dev.bandmaster.engine.alerts.AlertService;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.Numbers;
import dev.bandmaster.engine.pipeline.ThreadSubject;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Parameter;
import dev.bandmaster.plugin.Topic;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** {@code ack} and {@code close}: somebody looks after an alert, or says that it is over. */
final class AlertActions {

  static final Parameter NUMBER =
      Parameter.positional("alert", new Parameter.Type.Job(), "the alert's number");

  static final CommandDeclaration ACK =
      new CommandDeclaration(
              "ack", List.of(), "acknowledges an alert", List.of(NUMBER), List.of("ack 12"))
          .about(Topic.ALERTS);

  static final CommandDeclaration CLOSE =
      new CommandDeclaration(
              "close",
              List.of(),
              "closes an alert that does not resolve by itself",
              List.of(NUMBER),
              List.of("close 12"))
          .about(Topic.ALERTS);

  private final Alerts alerts;
  private final AlertService service;

  AlertActions(Alerts alerts, AlertService service) {
    this.alerts = alerts;
    this.service = service;
  }

  /** Something that is done to an alert; needs the right where the alert comes from. */
  Command.ActionHandler about(BiFunction<Asker, AlertGroup, Outcome> doing) {
    return new Command.ActionHandler() {
      @Override
      public Right right(String permission, Arguments arguments) {
        return new Right(
            permission,
            find(alerts, arguments).map(found -> found.topic().environment()).orElse(""),
            "");
      }

      @Override
      public Optional<String> inThread(ThreadSubject subject, Optional<String> next) {
        return number(subject, next);
      }

      @Override
      public Optional<String> missing(Arguments arguments) {
        return find(alerts, arguments).isPresent()
            ? Optional.empty()
            : Optional.of(
                "There is no alert %s. To list alerts: `alerts`."
                    .formatted(arguments.word("alert")));
      }

      @Override
      public Outcome of(Asker asker, Arguments arguments) {
        return find(alerts, arguments)
            .filter(episode -> !episode.hasEnded())
            .map(episode -> doing.apply(asker, episode))
            .orElseGet(() -> new Outcome.Refused("That alert is already resolved."));
      }
    };
  }

  /** The alert that a thread is about, unless the next word names one. */
  static Optional<String> number(ThreadSubject subject, Optional<String> next) {
    return next.flatMap(Numbers::of).isEmpty()
            && subject instanceof ThreadSubject.OfAlert(AlertGroup alert)
        ? Optional.of(Long.toString(alert.number()))
        : Optional.empty();
  }

  static Optional<AlertGroup> find(Alerts alerts, Arguments arguments) {
    return Numbers.named(arguments, "alert").flatMap(alerts::byNumber);
  }

  Outcome acknowledge(Asker asker, AlertGroup episode) {
    if (episode.firing().isEmpty()) {
      return new Outcome.Refused("Nothing to acknowledge: the alert is no longer firing.");
    }
    return new Outcome.Done(
        Message.sentence(
            "You acknowledged alert %d. No reminders until it gets worse."
                .formatted(episode.number())),
        service.decide(
            episode,
            new AlertEvent.Acknowledged(asker.person().sender().user(), asker.person().name())));
  }

  Outcome close(Asker asker, AlertGroup episode) {
    if (!episode.isClosable()) {
      return new Outcome.Refused(
          "Alert %d resolves by itself. To silence it until then: `silence %d --for 2h`."
              .formatted(episode.number(), episode.number()));
    }
    return new Outcome.Done(
        Message.sentence("Alert %d is closed.".formatted(episode.number())),
        service.decide(episode, new AlertEvent.Closed(asker.person().name())));
  }
}
