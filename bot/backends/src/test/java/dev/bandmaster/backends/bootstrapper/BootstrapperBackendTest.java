package dev.bandmaster.backends.bootstrapper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.bootstrapper.BootstrapperClient;
import dev.bandmaster.bootstrapper.BootstrapperSettings;
import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobMachine;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.model.Backoff;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Planned;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BootstrapperBackendTest {
  private static final String JOB = "0d4c2f5e-8a6b-4f0e-9d52-6a1f3f0c7b11";
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20));

  private final MockWebServer server = new MockWebServer();
  private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Listener listener = new Listener();
  private final InstantSource clock = InstantSource.system();
  private BootstrapperBackend backend = backend();

  /** Keeps what is reported; fails as often as the test sets. */
  private static final class Listener implements BackendListener {
    final List<TargetReport> reports = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();

    @Override
    public void reports(String lease, List<TargetReport> batch) {
      if (failures.getAndDecrement() > 0) {
        throw new IllegalStateException("the store is away");
      }
      reports.addAll(batch);
    }

    List<String> ends() {
      return reports.stream()
          .filter(report -> report.body() instanceof ReportBody.Final)
          .map(report -> {
            ReportBody.Final end = (ReportBody.Final) report.body();
            return report.node() + " " + end.code() + " " + end.message();
          })
          .toList();
    }
  }

  private BootstrapperBackend backend() {
    return new BootstrapperBackend(
        "staging",
        "stage",
        "http://bootstrapper.example",
        new BootstrapperClient(
            new BootstrapperSettings(
                server.url("/").uri(), Optional.empty(), Optional.empty(), Duration.ofSeconds(20))),
        QUICK,
        clock,
        new Random(1));
  }

  @BeforeEach
  void start() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            String path = String.valueOf(request.getPath());
            asked.add(path);
            return answers.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .map(entry -> entry.getValue().clone())
                .findFirst()
                .orElseGet(() -> new MockResponse().setResponseCode(404));
          }
        });
    backend.start(listener);
  }

  @AfterEach
  void stop() throws IOException {
    backend.close();
    server.shutdown();
  }

  private static MockResponse answer(String body) {
    return new MockResponse().setBody(body);
  }

  private static Planned.Work work(String action, Data.Fields arguments, String name, boolean one) {
    return Planned.Work.atOnce(
        action,
        "service",
        action,
        arguments,
        new Planned.Reach.ChosenByBackend(name, one),
        Planned.Effect.CHANGES);
  }

  private static Planned.Work deploy() {
    return work("update-code", Data.Fields.EMPTY.with("tags", "web,1.4.2"), "web@staging", false);
  }

  private WaveDispatch wave(Planned.Work work) {
    return wave(work, clock.instant().plus(Duration.ofMinutes(10)));
  }

  private WaveDispatch wave(Planned.Work work, Instant deadline) {
    Instant now = deadline.minus(Duration.ofMinutes(1));
    Job like = SampleJobs.ping(81, "x");
    Job job =
        new Job(
            like.id(),
            81,
            "deploy",
            new Right("deploy", "staging", "web"),
            work.title(),
            like.asker(),
            "ann",
            List.of(),
            like.place(),
            like.question(),
            work,
            backend.name(),
            Optional.empty(),
            now,
            Duration.ofMinutes(1),
            JobMachine.planned(like.id(), work, () -> "more", true));
    job = job.with(JobMachine.apply(job.state(), job.rules(), List.of(), now).state());
    Wave sending = job.state().waves().getFirst();
    return new WaveDispatch("bot-1", job, sending, Set.of());
  }

  private void untilEnds(int number) throws InterruptedException {
    Await.until("ends are reported", () -> listener.ends().size() >= number);
  }

  @Test
  void backendX3_hostsReportAndThenTheNameThatStoodForThem() throws InterruptedException {
    answers.put("/ansible/update-code/", answer(JOB));
    answers.put(
        "/ansible/results/" + JOB,
        answer(
            "{\"web1\":{\"unreachable\":0,\"skipped\":0,\"ok\":2,\"changed\":1,\"failures\":0},"
                + "\"web2\":{\"unreachable\":1,\"skipped\":0,\"ok\":0,\"changed\":0,\"failures\":0},"
                + "\"web3\":{\"unreachable\":0,\"skipped\":3,\"ok\":1,\"changed\":0,\"failures\":1}}"));

    assertThat(backend.dispatch(wave(deploy())))
        .isEqualTo(new DispatchResult.Sent(List.of(), Optional.of("job " + JOB)));
    untilEnds(4);

    assertThat(listener.ends())
        .containsExactly(
            "web1 OK ok 2, changed 1",
            "web2 FAILED unreachable, ok 0, changed 0",
            "web3 FAILED failed 1, ok 1, changed 0, skipped 3",
            "web@staging OK ");
  }

  @Test
  void backendX3_aTextThatIsNoIdIsTheOutcome() throws InterruptedException {
    answers.put("/ansible/update-code/", answer("deployed to 3 hosts"));

    assertThat(backend.dispatch(wave(deploy())))
        .isEqualTo(new DispatchResult.Sent(List.of(), Optional.of("good deployed to 3 hosts")));
    untilEnds(1);

    assertThat(listener.ends()).containsExactly("web@staging OK deployed to 3 hosts");
  }

  @Test
  void backendX2_anAddressIsForOneInstanceWhateverTheHostIsCalled() throws InterruptedException {
    answers.put("/ansible/set_eip/", answer(JOB));
    answers.put(
        "/ansible/results/" + JOB,
        answer("{\"localhost\":{\"unreachable\":0,\"ok\":3,\"changed\":1,\"failures\":0}}"));

    var _ =
        backend.dispatch(
            wave(
                work(
                    "attach-address",
                    Data.Fields.EMPTY.with("instance", "i-0a1").with("pool", "web"),
                    "i-0a1",
                    true)));
    untilEnds(1);

    assertThat(listener.ends()).containsExactly("i-0a1 OK ok 3, changed 1");
  }

  @Test
  void backendX4_aLostAnswerIsUnknownSaidSoAndNotSentAgain() throws InterruptedException {
    answers.put(
        "/ansible/update-code/",
        new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    WaveDispatch wave = wave(deploy());

    assertThat(backend.dispatch(wave)).isInstanceOf(DispatchResult.Unknown.class);
    assertThat(backend.capabilities().repeatable()).isFalse();
    backend.uncertain(wave);
    untilEnds(1);

    assertThat(listener.ends().getFirst())
        .startsWith("web@staging LOST Unknown: it may run. The bootstrapper's answer was lost")
        .contains(
            "look at the queue and the log of the bootstrapper at http://bootstrapper.example");
    assertThat(asked).filteredOn(path -> path.startsWith("/ansible/update-code/")).hasSize(1);
  }

  @Test
  void backendX4_aNewProcessAsksByTheStoredIdAndSendsNothing() throws InterruptedException {
    WaveDispatch wave = wave(deploy());
    backend.close();
    backend = backend();
    backend.start(listener);
    answers.put(
        "/ansible/results/" + JOB,
        answer("{\"web1\":{\"unreachable\":0,\"ok\":2,\"changed\":1,\"failures\":0}}"));

    backend.resume(wave, "job " + JOB);
    untilEnds(2);

    assertThat(listener.ends()).containsExactly("web1 OK ok 2, changed 1", "web@staging OK ");
    assertThat(asked).noneMatch(path -> path.contains("update-code"));
  }

  @Test
  void backendX4_aStoredOutcomeIsReportedAndAnUnreadableHandleIsUnknown()
      throws InterruptedException {
    backend.resume(wave(deploy()), "bad no such tag");
    untilEnds(1);
    Await.until("it is done", () -> listener.ends().size() == 1);
    assertThat(listener.ends()).containsExactly("web@staging FAILED no such tag");
    assertThat(Handle.read("something else entirely")).isEmpty();
  }

  @Test
  void backendX5_aReportThatCannotBeStoredComesAgain() throws InterruptedException {
    listener.failures.set(3);
    backend.resume(wave(deploy()), "good done");
    untilEnds(1);
    assertThat(listener.ends()).containsExactly("web@staging OK done");
  }

  @Test
  void backendX5_anUnknownJobEndsWithASentence() throws InterruptedException {
    backend.resume(wave(deploy()), "job " + JOB);
    untilEnds(1);
    assertThat(listener.ends().getFirst())
        .startsWith("web@staging LOST Unknown: the bootstrapper does not know job " + JOB);
  }

  @Test
  void backendX5_theDeadlineEndsWhatNeverEnds() throws InterruptedException {
    answers.put("/ansible/results/" + JOB, answer("{\"status\":\"waiting\"}"));
    backend.resume(wave(deploy(), clock.instant().plusSeconds(4)), "job " + JOB);
    untilEnds(1);
    assertThat(listener.ends().getFirst()).startsWith("web@staging TIMEOUT No result in time");
  }

  @Test
  void backendX6_cancellingStopsTheWaitAndSaysThatTheWorkGoesOn() throws InterruptedException {
    answers.put("/ansible/results/" + JOB, answer("{\"status\":\"waiting\"}"));
    WaveDispatch wave = wave(deploy());
    backend.resume(wave, "job " + JOB);
    Await.until("it is asked", () -> asked.stream().anyMatch(path -> path.endsWith(JOB)));

    assertThat(backend.cancel(wave, wave.wave().request()))
        .isEqualTo(
            new DispatchResult.Unroutable("The bootstrapper cannot stop what it has begun."));
    untilEnds(1);

    assertThat(listener.ends())
        .containsExactly(
            "web@staging CANCELLED The bootstrapper cannot stop what it has begun: the work goes on, and the bot no longer waits for it.");
  }

  @Test
  void backendX4_aLeaseThatIsLostStopsTheAsking() throws InterruptedException {
    answers.put("/ansible/results/" + JOB, answer("{\"status\":\"waiting\"}"));
    WaveDispatch wave = wave(deploy());
    backend.resume(wave, "job " + JOB);
    Await.until("it is asked", () -> asked.stream().anyMatch(path -> path.endsWith(JOB)));

    backend.release("bot-1");
    backend.resume(wave, "good found again");
    untilEnds(1);

    assertThat(listener.ends()).containsExactly("web@staging OK found again");
  }

  @Test
  void backendX2_whatItCannotDoIsSaidAndNotSent() {
    assertThat(backend.dispatch(wave(work("reboot", Data.Fields.EMPTY, "web1", false))))
        .isEqualTo(new DispatchResult.Unroutable("The bootstrapper cannot do this kind of work."));
  }
}
