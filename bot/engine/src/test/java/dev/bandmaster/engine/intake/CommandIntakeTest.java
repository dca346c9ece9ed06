package dev.bandmaster.engine.intake;

import static dev.bandmaster.core.job.SampleJobs.ANN;
import static dev.bandmaster.core.job.SampleJobs.NOON;
import static dev.bandmaster.engine.pipeline.PipelineBench.denied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.backend.Backends;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Inbound;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.AlreadyHandled;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Jobs;
import dev.bandmaster.core.store.Lease;
import dev.bandmaster.core.store.StoreUnavailable;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.engine.jobs.ApprovalLookup;
import dev.bandmaster.engine.jobs.Dispatcher;
import dev.bandmaster.engine.jobs.JobEndListener;
import dev.bandmaster.engine.jobs.JobEngine;
import dev.bandmaster.engine.jobs.JobNotifier;
import dev.bandmaster.engine.jobs.Recheck;
import dev.bandmaster.engine.jobs.TestStartConditions;
import dev.bandmaster.engine.pipeline.CommandForm;
import dev.bandmaster.engine.pipeline.Confirm;
import dev.bandmaster.engine.pipeline.FakeDialogs;
import dev.bandmaster.engine.pipeline.Offers;
import dev.bandmaster.engine.pipeline.PipelineBench;
import dev.bandmaster.engine.view.JobRenderer;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Rollout;
import dev.bandmaster.plugin.Rollout.Size;
import dev.bandmaster.testbackend.InMemoryBackend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CommandIntakeTest {
  private static final String ASKED_AT = "1777896000.000100";
  private static final ConversationRef DIRECT =
      new ConversationRef("D1", ConversationRef.Kind.DIRECT, Optional.empty());
  private static final ConversationRef CHANNEL =
      new ConversationRef("C1", ConversationRef.Kind.CHANNEL, Optional.empty());
  private static final ConversationRef IN_THREAD = CHANNEL.inThread("1777895000.000100");

  @RegisterExtension private final PipelineBench bench = new PipelineBench();
  private final InMemoryBackend backend = InMemoryBackend.like(bench.clock);
  private final JobNotifier report =
      new JobNotifier(
          new JobRenderer(name -> Presenter.PLAIN),
          bench.store.jobs(),
          new ApprovalLookup(
              bench.store.approvals(), job -> Optional.empty(), subject -> Optional.empty()));
  private final JobEngine engine =
      new JobEngine(
          bench.store,
          TestStartConditions.of(bench.store, bench.clock),
          report,
          Duration.ofSeconds(2),
          bench.clock);
  private final Dispatcher dispatcher =
      new Dispatcher(
          Backends.of(backend), engine, Set::of, job -> List.of(), bench.clock, new Random(1));
  private final Lease lease =
      bench.store.leases().take("bot-1", "one", Duration.ofMinutes(1), true).orElseThrow();
  private final FakeDialogs screens = new FakeDialogs();
  private boolean fits = true;
  private final CommandIntake intake =
      new CommandIntake(
          bench.pipeline,
          bench.dialogController(screens),
          bench.store,
          engine,
          report,
          message -> fits,
          new OutsiderRefusals(),
          () -> Optional.of(lease));

  @BeforeEach
  void start() {
    engine.start(
        dispatcher,
        (approval, job) -> new Recheck.Result.Unsure("Nothing is approved here."),
        JobEndListener.UNNOTICED);
    engine.takeUp(lease).join();
  }

  @AfterEach
  void stop() {
    dispatcher.close();
    engine.close();
  }

  private Inbox.Item item(String key) {
    return bench
        .store
        .inbox()
        .receive(
            new Change.AcceptDelivery(key, "events_api", "{}", NOON, "bot-1", "envelope-of-" + key))
        .orElseThrow();
  }

  private static Inbound said(ConversationRef place, String text) {
    return new Inbound.MessageReceived(ANN, place, ASKED_AT, text, text);
  }

  private static Inbound slashed(ConversationRef place, String text) {
    return new Inbound.SlashCommand(ANN, place, text, "/bandmaster " + text);
  }

  private Outbound answer(Inbound inbound) {
    Inbox.Item item = item("key");
    intake.receive(item, inbound);
    assertThat(bench.store.inbox().unhandled("bot-1")).isEmpty();
    return bench.store.wanted("answer:" + item.id()).orElseThrow();
  }

  @Test
  void approvalP14_theAuditNamesTheEnvelopeThatTheWishCameIn() {
    answer(said(CHANNEL, "status"));
    assertThat(bench.store.committed(Change.AppendAudit.class).getLast().entry().more().envelope())
        .contains("envelope-of-key");
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
  void trap25_anAnswerGoesWhereTheQuestionWas(String what, Inbound inbound, ConversationRef place) {
    assertThat(answer(inbound))
        .isInstanceOfSatisfying(
            Outbound.ChannelMessage.class,
            shown -> {
              assertThat(shown.place()).isEqualTo(place);
              assertThat(shown.broadcast()).isFalse();
            });
    assertThat(bench.store.wanted("mark:" + place.channel() + ":" + ASKED_AT))
        .contains(new Outbound.Reaction(place.channel(), ASKED_AT, "white_check_mark", "eyes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void trap26_anAnswerThatAMessageCannotHoldComesWholeAsAFileBelow(
      String what, Inbound inbound, ConversationRef place) {
    fits = false;
    Outbound.ChannelMessage shown = (Outbound.ChannelMessage) answer(inbound);
    assertThat(file())
        .contains(
            new Outbound.FileAttachment(
                place,
                "answer-" + itemId() + ".txt",
                "Full answer to: status",
                PlainText.of(shown.message()),
                Optional.of("U1")));
  }

  @Test
  void trap26_aWhisperThatIsTooLongComesWholeInDirectMessages() {
    fits = false;
    answer(slashed(CHANNEL, "status"));
    assertThat(file()).hasValueSatisfying(file -> assertThat(file.channel()).isEqualTo("U1"));
  }

  @Test
  void anAnswerThatFitsHasNoFile() {
    answer(said(CHANNEL, "status"));
    assertThat(file()).isEmpty();
  }

  private String itemId() {
    return bench.store.committed(Change.MarkHandled.class).getLast().inboxId();
  }

  private Optional<Outbound> file() {
    return bench.store.wanted("answer-file:" + itemId());
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
            Outbound.Ephemeral.class,
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
            Outbound.Ephemeral.class,
            whispered ->
                assertThat(whispered.message().toString()).contains("No rule allows it. Ask bob."));
    assertThat(bench.store.wanted("mark:C1:" + ASKED_AT))
        .contains(new Outbound.Reaction("C1", ASKED_AT, "x", "eyes"));
    assertThat(bench.store.committed(Change.AppendAudit.class).getLast().entry().decision())
        .isEqualTo("denied");
  }

  @Test
  void inADmThereIsNobodyElseSoARefusalIsAMessage() {
    assertThat(answer(said(DIRECT, "pnig"))).isInstanceOf(Outbound.ChannelMessage.class);
    assertThat(bench.store.wanted("mark:D1:" + ASKED_AT)).isPresent();
  }

  @Test
  void aJobIsStoredTogetherWithItsMessageAndThenSent() throws InterruptedException {
    Inbox.Item item = item("key");
    intake.receive(item, said(CHANNEL, "ping web*"));
    assertThat(bench.store.inbox().unhandled("bot-1")).isEmpty();
    Job job = bench.store.committed(Change.CreateJob.class).getFirst().job();
    assertThat(bench.store.wanted(job.messageId()))
        .containsInstanceOf(Outbound.ChannelMessage.class)
        .hasValueSatisfying(shown -> assertThat(shown.channel()).isEqualTo("C1"));
    assertThat(job.place()).isEqualTo(CHANNEL.inThread(ASKED_AT));
    assertThat(bench.store.wanted("mark:C1:" + ASKED_AT))
        .contains(new Outbound.Reaction("C1", ASKED_AT, "eyes", ""));
    Await.until("the request is published", () -> !backend.dispatched().isEmpty());
    assertThat(backend.dispatched().getFirst().wave().request()).isEqualTo(job.id());
  }

  @Test
  void trap21_aDeliveryThatIsHandledTwiceAfterACrashIsAnsweredOnce() {
    Inbox.Item item = item("key");
    intake.receive(item, said(CHANNEL, "status"));
    assertThatThrownBy(() -> intake.receive(item, said(CHANNEL, "status")))
        .isInstanceOf(AlreadyHandled.class);
    assertThat(
            bench.store.outbox().due(NOON.plusSeconds(1), 100).stream()
                .filter(due -> due.id().startsWith("answer:")))
        .hasSize(1);
  }

  @Test
  void reliabilityR3_whenTheStoreIsAwayNothingIsSentAndTheDeliveryStays() {
    Inbox.Item item = item("key");
    bench.store.setAway(true);
    assertThatThrownBy(() -> intake.receive(item, said(CHANNEL, "ping")))
        .isInstanceOf(StoreUnavailable.class);
    bench.store.setAway(false);
    assertThat(bench.store.inbox().unhandled("bot-1")).containsExactly(item);
    assertThat(backend.dispatched()).isEmpty();
  }

  @Test
  void runAgainAsksTheSameOfThePersonWhoClicks() throws InterruptedException {
    intake.receive(item("first"), said(CHANNEL, "ping web1"));
    Job first = bench.store.committed(Change.CreateJob.class).getFirst().job();
    Inbound.ButtonClick click =
        new Inbound.ButtonClick(
            ANN,
            CHANNEL,
            "1777896001.000100",
            JobRenderer.Action.AGAIN.id(),
            first.id(),
            Optional.empty());
    intake.receive(item("second"), click);
    List<Change.CreateJob> opened = bench.store.committed(Change.CreateJob.class);
    assertThat(opened).hasSize(2);
    Job second = opened.getLast().job();
    assertThat(second.canonical()).isEqualTo("ping web1");
    assertThat(second.place()).isEqualTo(first.place());
    Await.until("both are published", () -> backend.dispatched().size() == 2);

    bench.policy = request -> denied("No rule allows it. Ask bob.");
    Inbox.Item third = item("third");
    intake.receive(third, click);
    assertThat(bench.store.committed(Change.CreateJob.class)).hasSize(2);
    assertThat(bench.store.wanted("answer:" + third.id()))
        .containsInstanceOf(Outbound.Ephemeral.class);
  }

  private static Inbound.ButtonClick offered(UserRef who, String command) {
    return new Inbound.ButtonClick(
        who, CHANNEL, "1777896001.000100", Offers.RUN, command, Optional.empty());
  }

  @Test
  void peopleU2_aButtonWithACommandRunsItWithTheRightsOfWhoClicks() {
    intake.receive(item("offer"), offered(ANN, "codeupdate staging web version=1.4.2"));
    assertThat(bench.store.committed(Change.CreateJob.class))
        .singleElement()
        .satisfies(opened -> {
          assertThat(opened.job().canonical()).isEqualTo("codeupdate staging web version=1.4.2");
          assertThat(opened.job().asker()).isEqualTo(ANN);
        });
    assertThat(bench.store.committed(Change.AppendAudit.class).getLast().entry().raw())
        .startsWith("button command.run");
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    intake.receive(item("denied"), offered(new UserRef("T1", "U2"), "ping web1"));
    assertThat(bench.store.committed(Change.CreateJob.class)).hasSize(1);
  }

  private Inbound.ButtonClick click(JobRenderer.Action action, Job job) {
    return new Inbound.ButtonClick(
        ANN, CHANNEL, "1777896001.000100", action.id(), job.id(), Optional.empty());
  }

  /** A deploy to two nodes one after the other; the first has failed, and it waits. */
  private Job paused() {
    Job job =
        SampleJobs.rollout(
            81,
            new Rollout(new Size(1, false), Size.ALL, Duration.ZERO, Size.NONE, Optional.empty()),
            "web1",
            "web2");
    Job paused =
        SampleJobs.after(
            job,
            NOON,
            new JobEvent.SlotTaken(),
            SampleJobs.said(
                job.id(), "web1", "boot", 9, SampleJobs.end(FinalCode.FAILED, "no space left")));
    bench.store.commit(new Change.CreateJob(paused, "elsewhere"));
    return paused;
  }

  @ParameterizedTest
  @CsvSource({
    "PAUSE, pause, refused, button: pause 81",
    "RESUME, resume, done, button: resume 81",
    "RETRY, codeupdate, done, button: retry 81 --failed",
    "CANCEL, cancel, done, button: cancel 81",
    "ROLLBACK, rollback, allowed, button: undo 81",
    "AGAIN, codeupdate, allowed, button: codeupdate staging web version=1.4.2",
  })
  void aButtonIsCheckedAndAuditedLikeTheCommandItStandsFor(
      JobRenderer.Action action, String right, String decision, String raw) {
    Job job = paused();
    Inbox.Item item = item("click");
    intake.receive(item, click(action, job));
    var audit = bench.store.committed(Change.AppendAudit.class).getLast().entry();
    assertThat(audit.action()).isEqualTo(right);
    assertThat(audit.decision()).isEqualTo(decision);
    assertThat(audit.raw()).isEqualTo(raw);
    assertThat(audit.env()).isEqualTo("staging");
    assertThat(bench.store.wanted("answer:" + item.id()).isPresent())
        .as("what is wanted of the job is seen in its own message")
        .isEqualTo(decision.equals("refused"));
    assertThat(bench.store.inbox().unhandled("bot-1")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(JobRenderer.Action.class)
  void trap24_aClickByAPersonWhoMayNotIsRefusedPrivately(JobRenderer.Action action) {
    Job job = paused();
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    Inbox.Item item = item("click");
    intake.receive(item, click(action, job));
    assertThat(bench.store.wanted("answer:" + item.id()))
        .hasValueSatisfying(answer ->
            assertThat(answer)
                .isInstanceOfSatisfying(
                    Outbound.Ephemeral.class,
                    whispered -> {
                      assertThat(whispered.user()).isEqualTo("U1");
                      assertThat(whispered.message().toString()).contains("Ask bob.");
                    }));
    assertThat(bench.store.jobs().pendingOrders("elsewhere")).isEmpty();
    assertThat(bench.store.committed(Change.CreateJob.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(JobRenderer.Action.class)
  void peopleU1_aRefusedClickInTheHomeTabIsAnsweredInDirectMessages(JobRenderer.Action action) {
    Job job = paused();
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    Inbox.Item item = item("click");
    intake.receive(
        item, new Inbound.ButtonClick(ANN, DIRECT, "", action.id(), job.id(), Optional.empty()));
    assertThat(bench.store.wanted("answer:" + item.id()))
        .hasValueSatisfying(answer -> {
          assertThat(answer).isInstanceOf(Outbound.ChannelMessage.class);
          assertThat(answer.channel()).isEqualTo("D1");
        });
  }

  @Test
  void peopleU1_aRefusedClickUnderAMessageElsewhereIsAnsweredThere() {
    Job job = paused();
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    ConversationRef elsewhere =
        new ConversationRef("C9", ConversationRef.Kind.CHANNEL, Optional.empty());
    Inbox.Item item = item("click");
    intake.receive(
        item,
        new Inbound.ButtonClick(
            ANN, elsewhere, "1.1", JobRenderer.Action.AGAIN.id(), job.id(), Optional.empty()));
    assertThat(bench.store.wanted("answer:" + item.id()))
        .hasValueSatisfying(answer ->
            assertThat(answer)
                .isInstanceOfSatisfying(
                    Outbound.Ephemeral.class,
                    whispered -> assertThat(whispered.place()).isEqualTo(elsewhere)));
  }

  @Test
  void peopleU1_aDialogThatNobodyKnowsAnyMoreIsAnsweredInDirectMessages() {
    assertThat(answer(new Inbound.DialogSubmitted(ANN, DIRECT, "", "", Map.of())))
        .isInstanceOfSatisfying(
            Outbound.ChannelMessage.class,
            shown -> assertThat(shown.message().toString()).contains("This form has expired."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyWay")
  void peopleU1_whateverGoesWrongInTheBotEveryWayOfAskingHasAnAnswer(String what, Inbound inbound) {
    bench.policy =
        request -> {
          throw new IllegalStateException("a fault in the policy");
        };
    assertThat(answer(inbound).toString()).contains("nothing was done");
    if (inbound instanceof Inbound.MessageReceived said) {
      assertThat(bench.store.wanted("mark:" + said.place().channel() + ":" + ASKED_AT))
          .contains(new Outbound.Reaction(said.place().channel(), ASKED_AT, "x", "eyes"));
    }
  }

  static Stream<Arguments> everyWay() {
    return Stream.of(
        Arguments.of("by mention", said(CHANNEL, "ping")),
        Arguments.of("in a thread", said(IN_THREAD, "ping")),
        Arguments.of("in a DM", said(DIRECT, "ping")),
        Arguments.of("in a thread of a DM", said(DIRECT.inThread("1777895000.000100"), "ping")),
        Arguments.of("by slash command", slashed(CHANNEL, "ping")),
        Arguments.of("by slash command in a DM", slashed(DIRECT, "ping")),
        Arguments.of("by schedule", scheduled("ping")),
        Arguments.of(
            "by form",
            new Inbound.DialogSubmitted(
                ANN,
                IN_THREAD,
                CommandForm.OPEN,
                "codeupdate",
                Map.of("env", "staging", "app", "web"))),
        Arguments.of(
            "by button",
            new Inbound.ButtonClick(ANN, CHANNEL, "1.1", Confirm.ACTION, "ping", Optional.empty())),
        Arguments.of(
            "by button in the home tab",
            new Inbound.ButtonClick(ANN, DIRECT, "", Confirm.ACTION, "ping", Optional.empty())));
  }

  @Test
  void aClickOnAJobThatHasEndedMeanwhileIsAnsweredPrivately() {
    Job job = paused();
    Job ended = SampleJobs.after(job, NOON, new JobEvent.Cancel("Bob", "stop"));
    bench.store.commit(new Change.UpdateJob(ended, Set.of("web1", "web2"), true, List.of()));
    Inbox.Item item = item("click");
    intake.receive(item, click(JobRenderer.Action.RESUME, job));
    assertThat(bench.store.wanted("answer:" + item.id()).orElseThrow().toString())
        .contains("Ephemeral")
        .contains("Job 81 has ended: cancelled.");
  }

  @Test
  void rollingBackAPausedJobEndsItInTheSameCommit() {
    Job job = paused();
    intake.receive(item("click"), click(JobRenderer.Action.ROLLBACK, job));
    assertThat(bench.store.committed(Change.CreateJob.class).getLast().job().work().title())
        .isEqualTo("rollback staging web version=1.4.1 (undoes job 81)");
    assertThat(bench.store.jobs().pendingOrders("elsewhere"))
        .extracting(Jobs.PendingOrder::order)
        .hasOnlyElementsOfType(JobEvent.Cancel.class);
  }

  private static Inbound scheduled(String text) {
    return new Inbound.Scheduled(ANN, IN_THREAD, 3, text);
  }

  @Test
  void whatWasScheduledIsAnsweredForAllToSee() {
    assertThat(answer(scheduled("status")))
        .isInstanceOfSatisfying(
            Outbound.ChannelMessage.class,
            shown -> {
              assertThat(shown.place()).isEqualTo(IN_THREAD);
              assertThat(shown.message().toString()).contains("⏰").contains("connected");
            });
    assertThat(bench.store.committed(Change.AppendAudit.class).getLast().entry().raw())
        .isEqualTo("schedule 3: status");
  }

  @Test
  void whatWasScheduledAndIsNotAllowedAnyMoreIsRefusedForAllToSee() {
    bench.policy = request -> denied("No rule allows it. Ask bob.");
    assertThat(answer(scheduled("codeupdate staging web")))
        .isInstanceOfSatisfying(
            Outbound.ChannelMessage.class,
            shown -> assertThat(shown.message().toString()).contains("Ask bob.").contains("U1"));
  }

  @Test
  void whatWasScheduledBecomesAJobWithARightOfItsOwner() {
    intake.receive(item("due"), scheduled("codeupdate staging web version=1.4.2"));
    Job job = bench.store.committed(Change.CreateJob.class).getFirst().job();
    assertThat(job.asker()).isEqualTo(ANN);
    assertThat(job.place()).isEqualTo(IN_THREAD);
    assertThat(job.question()).isEmpty();
    assertThat(bench.store.wanted(job.messageId()))
        .containsInstanceOf(Outbound.ChannelMessage.class);
  }

  @Test
  void aButtonThatIsNotOursAnyMoreSaysSo() {
    assertThat(
            answer(
                new Inbound.ButtonClick(
                    ANN, CHANNEL, "1.1", "approve", "whatever", Optional.empty())))
        .isInstanceOfSatisfying(
            Outbound.Ephemeral.class,
            whispered ->
                assertThat(whispered.message().toString())
                    .contains("This button has expired. Type the command instead."));
  }

  @Test
  void aFormThatWasSentIsRunAndAuditedLikeTheCommandItStandsFor() {
    Inbox.Item item = item("form");
    intake.receive(
        item,
        new Inbound.DialogSubmitted(
            ANN,
            IN_THREAD,
            CommandForm.OPEN,
            "codeupdate",
            Map.of("env", "staging", "app", "web", "version", "1.4.2")));
    Job job = bench.store.committed(Change.CreateJob.class).getFirst().job();
    assertThat(job.canonical()).isEqualTo("codeupdate staging web version=1.4.2");
    assertThat(job.place()).isEqualTo(IN_THREAD);
    assertThat(bench.store.committed(Change.AppendAudit.class).getLast().entry().raw())
        .isEqualTo("form: codeupdate staging web version=1.4.2");
    assertThat(bench.store.inbox().unhandled("bot-1")).isEmpty();
  }

  @Test
  void aReasonThatWasGivenIsPartOfTheCommand() {
    paused();
    intake.receive(
        item("reason"),
        new Inbound.DialogSubmitted(
            ANN, CHANNEL, "test.reject", "a-81", Map.of("reason", "it's too early")));
    assertThat(bench.store.committed(Change.AppendAudit.class).getLast().entry().raw())
        .isEqualTo("form: cancel 81 it's too early");
  }

  @Test
  void aFormThatStandsForNothingAnyMoreSaysSo() {
    assertThat(
            answer(
                new Inbound.DialogSubmitted(
                    ANN, CHANNEL, "test.reject", "a-82", Map.of("reason", "no"))))
        .isInstanceOfSatisfying(
            Outbound.Ephemeral.class,
            whispered ->
                assertThat(whispered.message().toString()).contains("This form has expired."));
    assertThat(bench.store.committed(Change.AppendAudit.class)).isEmpty();
  }

  @Test
  void aSlashCommandWithItsFormOnTheScreenIsAnsweredByTheForm() {
    Inbox.Item item = item("slash");
    intake.receive(
        item,
        new Inbound.SlashCommand(
            ANN,
            CHANNEL,
            "deploy",
            "deploy",
            Optional.of(new Dialogs.OnScreen(new Dialogs.Screen("s1", "C1", Optional.empty())))));
    assertThat(screens.shown.getLast().memory()).isEqualTo("codeupdate");
    assertThat(bench.store.wanted("answer:" + item.id())).isEmpty();
    assertThat(bench.store.inbox().unhandled("bot-1")).isEmpty();
  }

  static Stream<Arguments> withoutArguments() {
    return Stream.of(
        Arguments.of("typed", said(CHANNEL, "deploy")),
        Arguments.of(
            "by slash command, where the form could not be opened",
            new Inbound.SlashCommand(
                ANN,
                CHANNEL,
                "deploy",
                "deploy",
                Optional.of(new Dialogs.NotOpened("Slack is slow.")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutArguments")
  void aCommandWithoutItsArgumentsIsAnsweredWithAButtonForTheForm(String what, Inbound inbound) {
    assertThat(answer(inbound).toString())
        .contains("codeupdate <env> <app>")
        .contains("action=" + CommandForm.OPEN + ", value=codeupdate, label=Fill in a form");
  }

  @Test
  void aDialogThatCouldNotBeOpenedIsExplainedPrivately() {
    assertThat(
            answer(
                new Inbound.ButtonClick(
                    ANN,
                    CHANNEL,
                    "1.1",
                    "test.reject",
                    "a-81",
                    Optional.of(new Dialogs.NotOpened("Slack is slow.")))))
        .isInstanceOfSatisfying(
            Outbound.Ephemeral.class,
            whispered ->
                assertThat(whispered.message().toString())
                    .contains(
                        "The form cannot be shown. Slack is slow. Type the command instead: ",
                        "Code[text=cancel 81 <reason>]"));
  }
}
