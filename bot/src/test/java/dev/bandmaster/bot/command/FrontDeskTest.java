package dev.bandmaster.bot.command;

import static dev.bandmaster.bot.command.PipelineBench.denied;
import static dev.bandmaster.bot.job.SampleJobs.ANN;
import static dev.bandmaster.bot.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.bot.chat.Inbound;
import dev.bandmaster.bot.chat.Outbound;
import dev.bandmaster.bot.chat.Place;
import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.store.Change;
import dev.bandmaster.bot.store.Inbox;
import dev.bandmaster.bot.store.StoreUnavailable;
import dev.bandmaster.bot.work.Await;
import dev.bandmaster.bot.work.Dispatcher;
import dev.bandmaster.bot.work.FakeBus;
import dev.bandmaster.bot.work.JobArtist;
import dev.bandmaster.bot.work.JobDesk;
import dev.bandmaster.plugin.Presenter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FrontDeskTest {
  private static final String ASKED_AT = "1777896000.000100";
  private static final Place DIRECT = new Place("D1", Place.Kind.DIRECT, Optional.empty());
  private static final Place CHANNEL = new Place("C1", Place.Kind.CHANNEL, Optional.empty());
  private static final Place IN_THREAD = CHANNEL.inThread("1777895000.000100");

  private final PipelineBench bench = new PipelineBench();
  private final FakeBus bus = new FakeBus();
  private final JobDesk desk =
      new JobDesk(bench.store, new JobArtist(name -> Presenter.PLAIN), bench.clock);
  private final Dispatcher dispatcher = new Dispatcher(bus, desk, "bot-1", "main", bench.clock);
  private final FrontDesk frontDesk = new FrontDesk(bench.pipeline, bench.store, desk, dispatcher);

  @AfterEach
  void stop() {
    dispatcher.close();
  }

  private Inbox.Item item(String key) {
    return bench.store.receive(key, "events_api", "{}", NOON).orElseThrow();
  }

  private static Inbound said(Place place, String text) {
    return new Inbound.Said(ANN, place, ASKED_AT, text, text);
  }

  private static Inbound slashed(Place place, String text) {
    return new Inbound.Slashed(ANN, place, text, "/bandmaster " + text);
  }

  private Outbound answer(Inbound inbound) {
    Inbox.Item item = item("key");
    frontDesk.receive(item, inbound);
    assertThat(bench.store.unhandled()).isEmpty();
    return bench.store.wanted("answer:" + item.id()).orElseThrow();
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            "a DM is answered in its thread", said(DIRECT, "status"), DIRECT.inThread(ASKED_AT)),
        Arguments.of(
            "a mention is answered in the thread it begins",
            said(CHANNEL, "status"),
            CHANNEL.inThread(ASKED_AT)),
        Arguments.of(
            "a mention in a thread is answered there", said(IN_THREAD, "status"), IN_THREAD));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void trap25_anAnswerGoesWhereTheQuestionWas(String what, Inbound inbound, Place place) {
    assertThat(answer(inbound))
        .isInstanceOfSatisfying(
            Outbound.Shown.class,
            shown -> {
              assertThat(shown.place()).isEqualTo(place);
              assertThat(shown.broadcast()).isFalse();
            });
    assertThat(bench.store.wanted("mark:" + place.channel() + ":" + ASKED_AT))
        .contains(new Outbound.Reacted(place.channel(), ASKED_AT, "white_check_mark", "eyes"));
  }

  static Stream<Arguments> privately() {
    return Stream.of(
        Arguments.of("a mistake in a channel", said(CHANNEL, "pnig")),
        Arguments.of("a mistake in a thread", said(IN_THREAD, "pnig")),
        Arguments.of("a mistake by slash command", slashed(CHANNEL, "pnig")),
        Arguments.of("an answer to a slash command", slashed(CHANNEL, "status")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("privately")
  void whatConcernsTheAskerAloneIsWhispered(String what, Inbound inbound) {
    assertThat(answer(inbound))
        .isInstanceOfSatisfying(
            Outbound.Whispered.class,
            whispered -> {
              assertThat(whispered.user()).isEqualTo("U1");
              assertThat(whispered.channel()).isEqualTo("C1");
            });
  }

  @Test
  void trap24_aDenialIsPrivateAndSaysWhyAndWhomToAsk() {
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    assertThat(answer(said(CHANNEL, "ping")))
        .isInstanceOfSatisfying(
            Outbound.Whispered.class,
            whispered ->
                assertThat(whispered.message().toString()).contains("No rule allows it. Ask bob."));
    assertThat(bench.store.wanted("mark:C1:" + ASKED_AT))
        .contains(new Outbound.Reacted("C1", ASKED_AT, "x", "eyes"));
    assertThat(bench.store.committed(Change.Note.class).getLast().entry().decision())
        .isEqualTo("denied");
  }

  @Test
  void inADmThereIsNobodyElseSoARefusalIsAMessage() {
    assertThat(answer(said(DIRECT, "pnig"))).isInstanceOf(Outbound.Shown.class);
    assertThat(bench.store.wanted("mark:D1:" + ASKED_AT)).isPresent();
  }

  @Test
  void aJobIsStoredTogetherWithItsMessageAndThenSent() throws InterruptedException {
    Inbox.Item item = item("key");
    frontDesk.receive(item, said(CHANNEL, "ping web*"));
    assertThat(bench.store.unhandled()).isEmpty();
    Job job = bench.store.committed(Change.Open.class).getFirst().job();
    assertThat(bench.store.wanted(job.messageId()))
        .containsInstanceOf(Outbound.Shown.class)
        .hasValueSatisfying(shown -> assertThat(shown.channel()).isEqualTo("C1"));
    assertThat(job.place()).isEqualTo(CHANNEL.inThread(ASKED_AT));
    assertThat(bench.store.wanted("mark:C1:" + ASKED_AT))
        .contains(new Outbound.Reacted("C1", ASKED_AT, "eyes", ""));
    Await.until("the request is published", () -> !bus.published.isEmpty());
    assertThat(bus.published.getFirst().id()).isEqualTo(job.id());
  }

  @Test
  void trap21_aDeliveryThatIsHandledTwiceAfterACrashIsAnsweredOnce() {
    Inbox.Item item = item("key");
    frontDesk.receive(item, said(CHANNEL, "status"));
    frontDesk.receive(item, said(CHANNEL, "status"));
    assertThat(
            bench.store.due(NOON.plusSeconds(1), 100).stream()
                .filter(due -> due.id().startsWith("answer:")))
        .hasSize(1);
  }

  @Test
  void reliabilityR3_whenTheStoreIsAwayNothingIsSentAndTheDeliveryStays() {
    Inbox.Item item = item("key");
    bench.store.setAway(true);
    assertThatThrownBy(() -> frontDesk.receive(item, said(CHANNEL, "ping")))
        .isInstanceOf(StoreUnavailable.class);
    bench.store.setAway(false);
    assertThat(bench.store.unhandled()).containsExactly(item);
    assertThat(bus.published).isEmpty();
  }

  @Test
  void runAgainAsksTheSameOfWhoeverClicks() throws InterruptedException {
    frontDesk.receive(item("first"), said(CHANNEL, "ping web1"));
    Job first = bench.store.committed(Change.Open.class).getFirst().job();
    Inbound.Clicked click =
        new Inbound.Clicked(
            ANN, CHANNEL, "1777896001.000100", JobArtist.AGAIN, first.id(), Optional.empty());
    frontDesk.receive(item("second"), click);
    List<Change.Open> opened = bench.store.committed(Change.Open.class);
    assertThat(opened).hasSize(2);
    Job second = opened.getLast().job();
    assertThat(second.canonical()).isEqualTo("ping web1");
    assertThat(second.place()).isEqualTo(first.place());
    Await.until("both are published", () -> bus.published.size() == 2);

    bench.policy = request -> denied("No rule allows it. Ask bob.");
    Inbox.Item third = item("third");
    frontDesk.receive(third, click);
    assertThat(bench.store.committed(Change.Open.class)).hasSize(2);
    assertThat(bench.store.wanted("answer:" + third.id()))
        .containsInstanceOf(Outbound.Whispered.class);
  }

  @Test
  void aButtonThatIsNotOursAnyMoreSaysSo() {
    assertThat(
            answer(
                new Inbound.Clicked(ANN, CHANNEL, "1.1", "approve", "whatever", Optional.empty())))
        .isInstanceOfSatisfying(
            Outbound.Whispered.class,
            whispered ->
                assertThat(whispered.message().toString())
                    .contains("This button is not mine any more. Type the command instead."));
  }
}
