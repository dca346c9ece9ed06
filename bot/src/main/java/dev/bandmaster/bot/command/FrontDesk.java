package dev.bandmaster.bot.command;

import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.inbox.InboxWorker;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Change.Urgency;
import dev.bandmaster.bot.store.Inbox;
import dev.bandmaster.bot.store.Store;
import dev.bandmaster.bot.work.Dispatcher;
import dev.bandmaster.bot.work.JobArtist;
import dev.bandmaster.bot.work.JobDesk;
import dev.bandmaster.plugin.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where people's wishes arrive. Whether somebody typed in a DM, mentioned the bot, used the slash
 * command or clicked a button, it becomes the same {@link Asked} and goes the same way; and the
 * answer goes where the question was.
 */
public final class FrontDesk implements InboxWorker.Reception {

  private final Pipeline pipeline;
  private final Store store;
  private final JobDesk desk;
  private final Dispatcher dispatcher;

  public FrontDesk(Pipeline pipeline, Store store, JobDesk desk, Dispatcher dispatcher) {
    this.pipeline = pipeline;
    this.store = store;
    this.desk = desk;
    this.dispatcher = dispatcher;
  }

  @Override
  public void receive(Inbox.Item item, Inbound inbound) {
    switch (inbound) {
      case Inbound.Said said -> {
        store.commit(mark(said.place(), said.timestamp(), "eyes", ""));
        run(
            new Asked(
                item.id(),
                said.sender(),
                said.place().inThread(said.place().thread().orElse(said.timestamp())),
                Optional.of(said.timestamp()),
                said.text(),
                said.raw(),
                item.received()));
      }
      case Inbound.Slashed slashed ->
          run(
              new Asked(
                  item.id(),
                  slashed.sender(),
                  slashed.place(),
                  Optional.empty(),
                  slashed.text(),
                  slashed.raw(),
                  item.received()));
      case Inbound.Clicked clicked -> clicked(item, clicked);
    }
  }

  private void clicked(Inbox.Item item, Inbound.Clicked clicked) {
    Optional<Job> job =
        clicked.action().equals(JobArtist.AGAIN) ? desk.find(clicked.value()) : Optional.empty();
    if (job.isEmpty()) {
      Ending ending =
          Ending.Refused.mistake("This button is not mine any more. Type the command instead.");
      store.commit(
          answer("answer:" + item.id(), clicked.place(), clicked.sender().user(), ending, false),
          new Change.Handled(item.id()));
      return;
    }
    run(
        new Asked(
            item.id(),
            clicked.sender(),
            job.get().place(),
            Optional.empty(),
            job.get().canonical(),
            clicked.action() + " " + clicked.value(),
            item.received()));
  }

  private void run(Asked asked) {
    Pipeline.Outcome outcome = pipeline.run(asked);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Note(outcome.audit()));
    changes.add(new Change.Handled(asked.id()));
    switch (outcome.ending()) {
      case Ending.Opened(Job job) -> {
        changes.addAll(desk.opening(job));
        store.commit(changes);
        desk.opened(job);
        dispatcher.dispatch(job);
      }
      case Ending.Refused refused -> {
        changes.addAll(conclusion(asked, refused, "x"));
        store.commit(changes);
      }
      case Ending.Answered answered -> {
        changes.addAll(conclusion(asked, answered, "white_check_mark"));
        store.commit(changes);
      }
    }
  }

  private static List<Change> conclusion(Asked asked, Ending ending, String emoji) {
    List<Change> changes = new ArrayList<>();
    boolean typedForAll = asked.question().isPresent();
    changes.add(
        answer("answer:" + asked.id(), asked.place(), asked.sender().user(), ending, typedForAll));
    asked
        .question()
        .ifPresent(question -> changes.add(mark(asked.place(), question, emoji, "eyes")));
    return changes;
  }

  /**
   * The answer, for all where all saw the question, for the asker's eyes where it is a refusal or
   * nobody else saw the question. In a DM there is nobody else.
   */
  private static Change answer(
      String id, Place place, String user, Ending ending, boolean typedForAll) {
    boolean forAll =
        place.kind() == Place.Kind.DIRECT || (typedForAll && ending instanceof Ending.Answered);
    Message message = message(ending);
    Outbound item =
        forAll
            ? new Outbound.Shown(place, message, false)
            : new Outbound.Whispered(place, user, message);
    return new Change.Show(id, item, Urgency.NOW);
  }

  private static Message message(Ending ending) {
    return switch (ending) {
      case Ending.Refused refused -> Message.sentence(refused.reason());
      case Ending.Answered(Message answer) -> answer;
      case Ending.Opened(Job job) -> Message.sentence("job " + job.number());
    };
  }

  private static Change mark(Place place, String timestamp, String emoji, String removes) {
    return new Change.Show(
        "mark:" + place.channel() + ":" + timestamp,
        new Outbound.Reacted(place.channel(), timestamp, emoji, removes),
        Urgency.SOON);
  }
}
