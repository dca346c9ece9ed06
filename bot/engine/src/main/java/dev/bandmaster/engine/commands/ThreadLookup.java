package dev.bandmaster.engine.commands;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.alerts.AlertNotifier;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.ThreadSubject;
import dev.bandmaster.engine.pipeline.ThreadSubjects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a thread is about, as the store knows it: the jobs whose messages are in it, and the job or
 * the alert with whose message it began. So it is the same for every replica and after a restart.
 */
final class ThreadLookup implements ThreadSubjects {

  /** Jobs of one thread that are looked at; a schedule's thread can have any number. */
  private static final int MOST = 20;

  private final Store store;
  private final Optional<String> apiChannel;

  /**
   * @param apiChannel the channel in which jobs of the API are shown, if there is one
   */
  ThreadLookup(Store store, Optional<String> apiChannel) {
    this.store = store;
    this.apiChannel = apiChannel;
  }

  @Override
  public List<ThreadSubject> of(Asker asker) {
    if (asker.place().thread().isEmpty() || asker.place().isApi()) {
      return List.of();
    }
    String thread = asker.place().thread().get();
    Map<String, Job> jobs = new LinkedHashMap<>();
    store
        .jobs()
        .inThread(asker.place().channel(), thread, MOST)
        .forEach(job -> jobs.put(job.id(), job));
    Optional<String> root =
        channels(asker)
            .map(channel -> store.outbox().at(channel, thread))
            .flatMap(Optional::stream)
            .findFirst();
    root.flatMap(this::job).ifPresent(job -> jobs.putIfAbsent(job.id(), job));
    List<ThreadSubject> subjects = new ArrayList<>();
    jobs.values().stream()
        .sorted(Comparator.comparingLong(Job::number).reversed())
        .forEach(job -> subjects.add(new ThreadSubject.OfJob(job)));
    root.flatMap(AlertNotifier::idOf)
        .flatMap(store.alerts()::find)
        .ifPresent(alert -> subjects.add(new ThreadSubject.OfAlert(alert)));
    return subjects;
  }

  /** Under which channels the outbox may have what is shown in the asker's. */
  private Stream<String> channels(Asker asker) {
    String channel = asker.place().channel();
    Stream.Builder<String> channels = Stream.<String>builder().add(channel);
    if (asker.place().kind() == ConversationRef.Kind.DIRECT) {
      channels.add(asker.person().sender().user());
    }
    if (apiChannel.filter(channel::equals).isPresent()) {
      channels.add(ConversationRef.API_CHANNEL);
    }
    return channels.build();
  }

  /** The job whose message an item is, or that a message about its request is about. */
  private Optional<Job> job(String item) {
    return Job.ofMessage(item)
        .flatMap(store.jobs()::find)
        .or(() ->
            Approval.ofMessage(item)
                .flatMap(store.approvals()::find)
                .flatMap(approval -> store.jobs().find(approval.job())));
  }
}
