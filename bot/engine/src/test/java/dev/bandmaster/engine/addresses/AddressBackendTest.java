package dev.bandmaster.engine.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.backend.BackendListener;
import dev.bandmaster.core.backend.WaveDispatch;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.SampleJobs;
import dev.bandmaster.core.store.AddressAssignment;
import dev.bandmaster.core.store.AddressAssignment.State;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.testing.Await;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AddressBackendTest {
  @RegisterExtension private final TestStore store = new TestStore();
  private final SettableClock clock = new SettableClock(SampleJobs.NOON);
  private final List<TargetReport> reports = new CopyOnWriteArrayList<>();

  @TempDir private Path folder;
  private AddressBackend backend;

  @BeforeEach
  void start() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("attach"),
            """
            #!/bin/sh
            cd %s
            echo "$@" >> runs
            case $1 in slow*) until [ -e go ]; do sleep 0.05; done;; esac
            """
                .formatted(folder));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    backend = backend();
  }

  private AddressBackend backend() {
    AddressBackend made =
        new AddressBackend(
            new AddressSettings(
                List.of(folder.resolve("attach").toString(), "{instance}", "{address}"),
                List.of("/bin/true"),
                Duration.ofMinutes(2),
                Duration.ofMinutes(15),
                Map.of("prod", Map.of("web", List.of("203.0.113.1")))),
            store,
            "main",
            Duration.ofMinutes(30),
            clock,
            new Random(1));
    made.start(
        new BackendListener() {
          @Override
          public void reports(String lease, List<TargetReport> batch) {
            reports.addAll(batch);
          }
        });
    return made;
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  private static WaveDispatch wave(long number, String instance) {
    Job job =
        SampleJobs.of(
            number,
            Planned.Work.atOnce(
                "eip",
                "addresses",
                "attach-address",
                Data.Fields.EMPTY
                    .with("environment", "prod")
                    .with("instance", instance)
                    .with("role", "web"),
                new Planned.Reach.ChosenByBackend(instance, true),
                Planned.Effect.CHANGES));
    return new WaveDispatch("bot-1", job, job.state().waves().getFirst(), Set.of());
  }

  private List<String> ends() {
    return reports.stream()
        .map(report -> {
          ReportBody.Final end = (ReportBody.Final) report.body();
          return report.node() + " " + end.code() + " " + end.message();
        })
        .toList();
  }

  private List<String> runs() throws IOException {
    Path log = folder.resolve("runs");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private void awaitRuns(int count) throws InterruptedException {
    Await.until(
        count + " runs",
        () -> {
          try {
            return runs().size() >= count;
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void facadeY3_aBotThatDiesWhileItAttachesGoesOnWithTheSameAddress() throws Exception {
    WaveDispatch wave = wave(81, "slow-1");
    backend.dispatch(wave);
    awaitRuns(1);
    backend.close();
    assertThat(reports).isEmpty();
    assertThat(store.addresses().all())
        .extracting(AddressAssignment::state)
        .containsExactly(State.ATTACHING);

    backend = backend();
    Files.createFile(folder.resolve("go"));
    backend.resume(wave, AddressBackend.NAME);
    backend.resume(wave, AddressBackend.NAME);
    Await.until("it has ended", () -> !reports.isEmpty());
    assertThat(ends()).containsExactly("slow-1 OK 203.0.113.1 is attached.");
    assertThat(runs()).containsExactly("slow-1 203.0.113.1", "slow-1 203.0.113.1");
    assertThat(store.addresses().all())
        .extracting(AddressAssignment::state)
        .containsExactly(State.ATTACHED);
  }

  @Test
  void facadeY3_noFreeAddressIsOneAlertThatNamesInstanceAndRole() throws Exception {
    backend.dispatch(wave(81, "i-1"));
    Await.until("the first has one", () -> reports.size() == 1);
    backend.dispatch(wave(82, "i-2"));
    Await.until("the second has none", () -> reports.size() == 2);
    assertThat(ends().getLast())
        .isEqualTo("i-2 FAILED No address is free: all 1 of web in prod are taken.");
    assertThat(store.alerts().signals(10))
        .singleElement()
        .asString()
        .contains("No free address for web in prod", "i-2");
  }

  @Test
  void facadeY3_whoWaitsForAnAddressCanBeCancelledAndGivesUpInTime() throws Exception {
    for (boolean cancelled : List.of(true, false)) {
      reports.clear();
      AddressAssignment leaving =
          AddressAssignment.chosen("203.0.113.1", "prod", "web", "i-1", clock.instant())
              .in(State.DETACHING, clock.instant());
      store.commit(new Change.AssignAddress(leaving));
      WaveDispatch wave = wave(cancelled ? 81 : 82, "i-1");
      backend.dispatch(wave);
      assertThat(runs()).isEmpty();
      if (cancelled) {
        backend.cancel(wave, wave.wave().request());
        Await.until("it is cancelled", () -> !reports.isEmpty());
        assertThat(ends()).containsExactly("i-1 CANCELLED Cancelled before an address was chosen.");
      } else {
        store.commit(new Change.FreeAddress(leaving));
        Await.until("it has the address now", () -> !reports.isEmpty());
        assertThat(ends()).containsExactly("i-1 OK 203.0.113.1 is attached.");
      }
      store.addresses().all().forEach(each -> store.commit(new Change.FreeAddress(each)));
    }
  }
}
