package dev.bandmaster.store;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.core.job.SampleJobs.THREAD;
import static dev.bandmaster.core.job.SampleJobs.end;
import static dev.bandmaster.core.job.SampleJobs.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEffect;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Change.Urgency;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Outbox;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store forgets, and what it does not. */
public abstract class RetentionContract extends StoreFixture {
  private static final Instant AFTER_A_WEEK = NOON.plus(Duration.ofDays(7));

  private Inbox.Item receive(String key) {
    return store
        .inbox()
        .receive(new Change.AcceptDelivery(key, "events_api", "{}", clock.instant(), "bot-1"))
        .orElseThrow();
  }

  private void show(String id) {
    store.commit(
        new Change.PostMessage(
            id, new Outbound.ChannelMessage(THREAD, Message.sentence("done"), false), Urgency.NOW));
  }

  private Outbox.Claim claim(String id) {
    return store
        .outbox()
        .claim("sender", clock.instant(), Duration.ofMinutes(1), List.of(id))
        .getFirst();
  }

  private void send(String id) {
    store.outbox().sent(claim(id), "1.1");
  }

  /** Whether a redraw would change the message that is there, and not post another one. */
  private boolean isRemembered(String id) {
    show(id);
    return claim(id).item().timestamp().isPresent();
  }

  @Test
  void storeS4_deliveriesAreForgottenAWeekAfterTheyWereDealtWith() {
    Inbox.Item handled = receive("handled");
    Inbox.Item waiting = receive("waiting");
    store.commit(new Change.MarkHandled(handled.id()));
    Inbox.Item late = receive("late");
    clock.advance(Duration.ofDays(1));
    store.commit(new Change.MarkAbandoned(late.id(), "a fault"));

    assertThat(store.past().forgetDeliveries(NOON, 10)).isZero();
    assertThat(store.past().forgetDeliveries(NOON.plusMillis(1), 10)).isEqualTo(1);
    assertThat(store.past().forgetDeliveries(clock.instant().plusMillis(1), 10)).isEqualTo(1);
    assertThat(store.inbox().unhandled("bot-1")).containsExactly(waiting);
    assertThat(
            store
                .inbox()
                .receive(new Change.AcceptDelivery("handled", "events_api", "{}", NOON, "bot-1")))
        .isPresent();
  }

  @Test
  void storeS4_noMoreIsForgottenAtOnceThanAskedFor() {
    for (int i = 0; i < 25; i++) {
      store.commit(new Change.MarkHandled(receive("key" + i).id()));
    }
    assertThat(store.past().forgetDeliveries(AFTER_A_WEEK, 10)).isEqualTo(10);
    assertThat(store.past().forgetDeliveries(AFTER_A_WEEK, 10)).isEqualTo(10);
    assertThat(store.past().forgetDeliveries(AFTER_A_WEEK, 10)).isEqualTo(5);
    assertThat(store.past().forgetDeliveries(AFTER_A_WEEK, 10)).isZero();
  }

  @Test
  void storeS4_messagesThatWaitOrMayBeRedrawnStay() {
    Job running = SampleJobs.ping(1, "web1");
    Job ended = SampleJobs.ping(2, "web1");
    store.commit(new Change.CreateJob(running, "bot-1"), new Change.CreateJob(ended, "bot-1"));
    finish(ended);
    for (String id : List.of("answer", running.messageId(), ended.messageId(), "redrawn")) {
      show(id);
      send(id);
    }
    show("waiting");
    clock.advance(Duration.ofDays(1));
    show("redrawn");
    send("redrawn");

    assertThat(store.past().forgetMessages(NOON, 10)).isZero();
    assertThat(store.past().forgetMessages(NOON.plusMillis(1), 10)).isEqualTo(2);
    assertThat(store.outbox().waiting()).isEqualTo(1);
    assertThat(isRemembered("answer")).isFalse();
    assertThat(isRemembered(ended.messageId())).isFalse();
    assertThat(isRemembered(running.messageId())).isTrue();
    assertThat(isRemembered("redrawn")).isTrue();
  }

  private Job finish(Job job) {
    JobMachine.Advanced advanced =
        JobMachine.apply(
            job.state(),
            job.rules(),
            List.of(
                new JobEvent.Replied(
                    reply(job, "web1", 1, new ReportBody.Output("stdout", "a long story"))),
                new JobEvent.Replied(reply(job, "web1", 2, end(FinalCode.OK, "pong")))),
            clock.instant());
    Job after = job.with(advanced.state());
    store.commit(
        new Change.UpdateJob(
            after,
            after.state().nodes().keySet(),
            true,
            List.of(new JobEffect.Keep("web1", 0, "a long story"))));
    return after;
  }

  @Test
  void storeS4_outputIsForgottenAfterTheEndOfItsJobAndTheJobIsNot() {
    Job ended = SampleJobs.ping(1, "web1");
    Job running = SampleJobs.ping(2, "web1");
    store.commit(new Change.CreateJob(ended, "bot-1"), new Change.CreateJob(running, "bot-1"));
    finish(ended);
    assertThat(store.past().forgetOutput(NOON, 10)).isZero();
    assertThat(store.past().forgetOutput(NOON.plusMillis(1), 10)).isEqualTo(1);
    assertThat(store.past().forgetOutput(NOON.plusMillis(1), 10)).isZero();
    JobState kept = store.jobs().find(ended.id()).orElseThrow().state();
    assertThat(store.jobs().output(ended.id(), "web1", 100)).isEmpty();
    assertThat(SampleJobs.outcome(kept, "web1").message()).isEqualTo("pong");
  }
}
