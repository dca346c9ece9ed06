package dev.bandmaster.backends.ansible;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.backends.bus.AgentBusBackend;
import dev.bandmaster.backends.bus.FakeBus;
import dev.bandmaster.bus.PublishResult;
import dev.bandmaster.core.backend.BackendState;
import dev.bandmaster.core.backend.DispatchResult;
import dev.bandmaster.core.backend.Received;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobEvent;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.job.Wave;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.wire.Request;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsibleBackendTest {
  private final SettableClock clock = new SettableClock(NOON);
  private final FakeBus wire = new FakeBus();
  private List<Runner> agents = List.of(runner("r1", 0, 0), runner("r2", 0, 0));
  private final AnsibleBackend backend =
      new AnsibleBackend(
          "staging",
          "tag=runner",
          new AgentBusBackend(wire, "bot-1", "main", clock),
          () -> agents,
          clock,
          new Random(3));

  private static Runner runner(String name, int running, double load) {
    return runner(name, running, load, "staging", "runner");
  }

  private static Runner runner(
      String name, int running, double load, String environment, String tag) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("ansible." + environment + ".modules", "ping,service");
    facts.put("ansible." + environment + ".roles", "base,web");
    facts.put("ansible." + environment + ".deploys", "true");
    return new Runner(
        new NodeDescription(
            name, "main", "ops", Map.of(), List.of(), List.of(tag), facts, List.of("ansible")),
        load,
        running);
  }

  private static Planned.Work work(String action, Data.Fields arguments, String standIn) {
    return Planned.Work.atOnce(
        action,
        "service",
        action,
        arguments,
        new Planned.Reach.ChosenByBackend(standIn, false),
        Planned.Effect.CHANGES);
  }

  private static Planned.Work roles(String... roles) {
    return work(
        "apply-roles",
        Data.Fields.EMPTY.with("host", "web7").with("roles", Data.of(List.of(roles))),
        "web7");
  }

  private static Planned.Work deploy() {
    return work(
        "update-code",
        Data.Fields.EMPTY.with("tags", "web, 1.4.2").with("app", "web").with("version", "1.4.2"),
        "web@staging");
  }

  /** A job whose wave is to be sent. */
  private static Job job(Planned.Work work) {
    return SampleJobs.of(81, work);
  }

  private static Job assigned(Planned.Work work, String runner) {
    Job job = job(work);
    return SampleJobs.after(job, NOON, new JobEvent.Assigned(job.id(), runner));
  }

  private static WaveDispatch wave(Job job) {
    return new WaveDispatch("bot-1", job, job.state().waves().getFirst(), Set.of());
  }

  private static TargetReport report(Job job, String node, ReportBody body) {
    return SampleJobs.reply(job, node, 7, body);
  }

  private List<TargetReport> means(Job job, ReportBody body) {
    Received received = backend.received(job, report(job, "r1", body));
    assertThat(received).isInstanceOf(Received.Means.class);
    return ((Received.Means) received).reports();
  }

  private static Data.Fields counts(long ok, long changed, long failures, long unreachable) {
    return Data.Fields.EMPTY
        .with("ok", ok)
        .with("changed", changed)
        .with("failures", failures)
        .with("unreachable", unreachable)
        .with("skipped", 0);
  }

  private static ReportBody.Final end(FinalCode code, String message, Data.Fields hosts) {
    return new ReportBody.Final(
        code,
        message,
        0,
        hosts.values().isEmpty() ? Data.none() : Data.Fields.EMPTY.with("hosts", hosts));
  }

  private static String said(List<TargetReport> reports) {
    return String.join(
        "; ",
        reports.stream()
            .map(report ->
                report.body() instanceof ReportBody.Final end
                    ? "%s %s %s".formatted(report.node(), end.code(), end.message()).strip()
                    : report.node() + " " + report.body())
            .toList());
  }

  // --- The choice ---

  @Test
  void runnerY2_theLeastLoadedRunnerIsChosenAndThenAnyOfThem() {
    agents = List.of(runner("r1", 2, 0), runner("r2", 1, 0.9), runner("r3", 1, 0.2));
    assertThat(backend.choose(wave(job(roles("base"))))).contains("r3");

    clock.advance(Duration.ofMinutes(1));
    agents = IntStream.range(0, 4).mapToObj(i -> runner("r" + i, 0, 0.1)).toList();
    Set<String> chosen = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      chosen.add(backend.choose(wave(job(roles("base")))).orElseThrow());
    }
    assertThat(chosen).as("work that was given counts at once").hasSize(4);
    clock.advance(Duration.ofMinutes(1));
    Set<String> any = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      any.add(backend.choose(wave(job(roles("base")))).orElseThrow());
      clock.advance(Duration.ofMinutes(1));
    }
    assertThat(any).hasSize(4);
  }

  @Test
  void runnerY2_withoutARunnerASentenceSaysWhyAtOnce() {
    agents = List.of(runner("web1", 0, 0, "staging", "frontend"));
    assertThat(backend.obstacle(roles("base")).orElseThrow())
        .contains("No runner is connected that could work for staging", "`tag=runner`");
    assertThat(backend.choose(wave(job(roles("base"))))).isEmpty();
    assertThat(backend.dispatch(wave(job(roles("base")))))
        .isInstanceOf(DispatchResult.Unroutable.class);

    agents = List.of(runner("r9", 0, 0, "prod", "runner"));
    assertThat(backend.obstacle(roles("base")).orElseThrow())
        .contains("None of the connected runners (r9) serves staging");

    agents = List.of(runner("r1", 0, 0));
    assertThat(backend.obstacle(roles("base", "db")).orElseThrow())
        .contains("None of the connected runners of staging (r1) allows this");
    assertThat(backend.obstacle(roles("base"))).isEmpty();
    assertThat(backend.obstacle(work("attach-address", Data.Fields.EMPTY, "i-0a1")).orElseThrow())
        .contains("cannot do this kind of work");
    assertThat(wire.published).isEmpty();
  }

  @Test
  void runnerY2_theStateSaysWhetherARunnerIsThere() {
    assertThat(backend.state()).isInstanceOf(BackendState.Connected.class);
    agents = List.of();
    assertThat(backend.state())
        .isEqualTo(new BackendState.Disconnected("no runner of staging is connected", NOON));
    backend.close();
    assertThat(backend.state()).isInstanceOf(BackendState.Closed.class);
  }

  // --- Sending ---

  @Test
  void runnerY2_theChosenRunnerIsAskedAndNobodyElse() {
    Job job = assigned(roles("base", "web"), "r2");
    assertThat(backend.dispatch(wave(job)))
        .isEqualTo(new DispatchResult.Sent(List.of(), Optional.of("r2")));
    Request request = wire.published.remove();
    assertThat(request.target()).isEqualTo(new Target.Nodes(List.of("r2")));
    assertThat(request.capability() + "." + request.action()).isEqualTo("ansible.role");
    JsonNode arguments = request.arguments();
    assertThat(arguments.toString())
        .isEqualTo("{\"env\":\"staging\",\"host\":\"web7\",\"roles\":[\"base\",\"web\"]}");
  }

  @Test
  void runnerY2_deploysAndModulesAndChecksAreTasksOfTheRunner() {
    assertThat(backend.dispatch(wave(assigned(deploy(), "r1"))))
        .isInstanceOf(DispatchResult.Sent.class);
    assertThat(wire.published.remove().arguments().toString())
        .isEqualTo(
            "{\"env\":\"staging\",\"tags\":[\"web\",\"1.4.2\"],\"app\":\"web\",\"version\":\"1.4.2\"}");

    Planned.Work ping =
        work(
            "run-module",
            Data.Fields.EMPTY
                .with("host", "web1")
                .with("module", "ping")
                .with("arguments", Data.of(List.of()))
                .with("mode", "check"),
            "web1");
    assertThat(backend.dispatch(wave(assigned(ping, "r1"))))
        .isInstanceOf(DispatchResult.Sent.class);
    assertThat(wire.published.remove().arguments().toString())
        .isEqualTo(
            "{\"env\":\"staging\",\"host\":\"web1\",\"module\":\"ping\",\"arguments\":[],\"check\":true}");
  }

  @Test
  void runnerY2_aRunnerThatHasGoneIsNamed() {
    wire.results.add(new PublishResult.Sent(List.of("r1")));
    assertThat(backend.dispatch(wave(assigned(roles("base"), "r1"))))
        .isEqualTo(
            new DispatchResult.Unroutable(
                "The runner r1 is not connected any more. Type the command again."));
    wire.results.add(new PublishResult.Unknown("cut"));
    assertThat(backend.dispatch(wave(assigned(roles("base"), "r1"))))
        .as("may be sent again: a runner runs an id once")
        .isInstanceOf(DispatchResult.Unknown.class);
  }

  @Test
  void runnerY2_aCancellationGoesToTheRunnerOfTheWork() {
    Job job = assigned(roles("base"), "r2");
    job =
        SampleJobs.after(
            job,
            NOON,
            new JobEvent.Dispatched(job.id(), List.of(), Optional.of("r2")),
            SampleJobs.said(job.id(), "web7", "b1", 1, new ReportBody.Started()),
            new JobEvent.Cancel("ann", "stop-1"));
    Wave cancel = job.state().waves().getLast();
    assertThat(cancel.kind()).isEqualTo(Wave.Kind.CANCEL);

    assertThat(backend.cancel(new WaveDispatch("bot-1", job, cancel, Set.of()), job.id()))
        .isInstanceOf(DispatchResult.Sent.class);
    Request request = wire.published.remove();
    assertThat(request.target()).isEqualTo(new Target.Nodes(List.of("r2")));
    assertThat(request.capability() + "." + request.action()).isEqualTo("job.cancel");
    assertThat(request.arguments().path("request").asText()).isEqualTo(job.id());
    assertThat(
            backend.received(
                job,
                new TargetReport(
                    "stop-1", "r2", "b1", 2, NOON, end(FinalCode.OK, "", Data.Fields.EMPTY))))
        .isEqualTo(new Received.Means(List.of()));
  }

  // --- Reports ---

  @Test
  void trustT2_onlyTheAskedRunnerReports() {
    Job job = assigned(roles("base"), "r1");
    ReportBody body = end(FinalCode.OK, "", Data.Fields.EMPTY.with("web7", counts(1, 0, 0, 0)));
    assertThat(backend.received(job, report(job, "r2", body))).isEqualTo(new Received.NotAsked());
    assertThat(backend.received(job, report(job, "web7", body))).isEqualTo(new Received.NotAsked());
    assertThat(backend.received(job(roles("base")), report(job, "r1", body)))
        .as("nobody was asked yet")
        .isEqualTo(new Received.NotAsked());
    assertThat(backend.received(job, report(job, "r1", body))).isInstanceOf(Received.Means.class);
    assertThat(backend.reporter()).isEqualTo("bus");
  }

  @Test
  void runnerY2_stepsAndOutputOfHostsAreTheirOwn() {
    Job job = assigned(deploy(), "r1");
    assertThat(means(job, new ReportBody.Started()))
        .containsExactly(report(job, "web@staging", new ReportBody.Started()));
    assertThat(means(job, new ReportBody.Progress("task", "install")))
        .containsExactly(report(job, "web@staging", new ReportBody.Progress("task", "install")));
    assertThat(means(job, new ReportBody.Progress("host:web1", "changed base : write\n a page")))
        .containsExactly(
            report(job, "web1", new ReportBody.Progress("base : write  a page", "changed")));
    assertThat(means(job, new ReportBody.Output("host:web1", "x\n")))
        .containsExactly(report(job, "web1", new ReportBody.Output("stdout", "x\n")));
    assertThat(means(job, new ReportBody.Progress("host:we b1;", "ok t"))).isEmpty();
    assertThat(means(job, new ReportBody.Progress("host:web1", "ok " + "x".repeat(3_000))))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OK     | 2,1,0,0 | 2,0,0,0 | web1 OK ok 2, changed 1; web2 OK ok 2, changed 0; web@staging OK",
        "FAILED | 2,1,0,0 | 1,0,1,0 | web1 OK ok 2, changed 1; web2 FAILED failed 1, ok 1, changed 0; web@staging OK",
        "FAILED | 2,1,0,0 | 0,0,0,1 | web1 OK ok 2, changed 1; web2 FAILED unreachable, ok 0, changed 0; web@staging OK",
        "FAILED | 2,1,0,0 | 2,0,0,0 | web1 OK ok 2, changed 1; web2 OK ok 2, changed 0; web@staging FAILED why",
        "TIMEOUT| 2,1,0,0 | 2,0,0,0 | web1 OK ok 2, changed 1; web2 OK ok 2, changed 0; web@staging TIMEOUT why",
        "LOST   |         |         | web@staging LOST why",
        "DENIED |         |         | web@staging DENIED why"
      })
  void runnerY2_theEndNamesEachHost(FinalCode code, String first, String second, String expected) {
    Data.Fields hosts = Data.Fields.EMPTY;
    int number = 0;
    for (String text : new String[] {first, second}) {
      number++;
      if (text != null) {
        String[] counted = text.split(",", -1);
        hosts =
            hosts.with(
                "web" + number,
                counts(
                    Long.parseLong(counted[0]),
                    Long.parseLong(counted[1]),
                    Long.parseLong(counted[2]),
                    Long.parseLong(counted[3])));
      }
    }
    assertThat(said(means(assigned(deploy(), "r1"), end(code, "why", hosts)))).isEqualTo(expected);
  }

  @Test
  void runnerY2_aHostOfTheNameThatWasAskedForStandsForItself() {
    Job job = assigned(roles("base"), "r1");
    assertThat(
            said(
                means(
                    job,
                    end(
                        FinalCode.OK,
                        "1 hosts",
                        Data.Fields.EMPTY.with("web7", counts(2, 1, 0, 0))))))
        .isEqualTo("web7 OK ok 2, changed 1");
  }

  @Test
  void runnerY2_aRepeatedRequestIsAnsweredWithItsEnd() {
    ReportBody.Final stored =
        end(FinalCode.OK, "", Data.Fields.EMPTY.with("web1", counts(1, 0, 0, 0)));
    assertThat(said(means(assigned(deploy(), "r1"), ReportBody.Final.duplicateOf(stored))))
        .isEqualTo("web1 OK ok 1, changed 0; web@staging OK");
  }

  @Test
  void runnerY2_aRunnerCannotFillAJobWithHosts() {
    Job job = assigned(deploy(), "r1");
    for (int i = 0; i < 1_100; i++) {
      for (TargetReport one : means(job, new ReportBody.Progress("host:h" + i, "ok t"))) {
        job = SampleJobs.after(job, NOON, new JobEvent.Replied(one));
      }
    }
    assertThat(job.state().nodes()).hasSize(1_000);
  }

  @Test
  void runnerY2_countsAreBoundedWhateverTheyAre() {
    Data.Fields odd =
        Data.Fields.EMPTY
            .with("ok", Data.of("x"))
            .with("failures", -5)
            .with("changed", Long.MAX_VALUE);
    assertThat(
            said(
                means(
                    assigned(deploy(), "r1"),
                    end(FinalCode.OK, "", Data.Fields.EMPTY.with("web1", odd)))))
        .isEqualTo("web1 OK ok 0, changed 1000000; web@staging OK");
  }
}
