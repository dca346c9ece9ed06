package dev.bandmaster.engine.hooks;

import static dev.bandmaster.core.job.SampleJobs.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Hooks;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.core.testing.Failing;
import dev.bandmaster.core.testing.SettableClock;
import dev.bandmaster.engine.clock.LoggedErrors;
import dev.bandmaster.engine.hooks.Hook.NodeChange;
import dev.bandmaster.store.TestStore;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, run by real replicas on one store. */
@Timeout(120)
class HookRunnerTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(NOON);
  @RegisterExtension private final TestStore store = new TestStore(clock);
  private final List<HookRunner> runners = new ArrayList<>();

  @AfterEach
  void close() {
    runners.forEach(HookRunner::close);
  }

  /** A program that is a shell script. */
  private Hook hook(Duration timeout, String script) throws IOException {
    Path file = folder.resolve("hook-" + runners.size() + "-" + script.hashCode());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return new Hook(
        "haproxy",
        Set.of(NodeChange.values()),
        List.of(),
        List.of(file.toString(), "$HOME; rm -rf", folder.toString()),
        timeout);
  }

  private HookRunner runner(Hook hook, String replica) {
    HookRunner runner = new HookRunner(List.of(hook), store, replica, clock);
    runners.add(runner);
    return runner;
  }

  private void call(String node, String event) {
    clock.advance(Duration.ofMillis(1));
    store.commit(
        new Change.RequestHook(
            new Hooks.Call(Ids.next(clock.instant()), "haproxy", node, event, clock.instant())));
  }

  private long ended(HookRunner.Result result) {
    return runners.stream().mapToLong(runner -> runner.ended(result)).sum();
  }

  private void runAll() throws InterruptedException {
    while (store.hooks().count() > 0) {
      runners.forEach(HookRunner::look);
      for (HookRunner runner : runners) {
        runner.join();
      }
    }
  }

  @Test
  void itsEventIsOnItsInputAndItsArgumentsAreNoShells() throws Exception {
    HookRunner runner =
        runner(
            hook(Duration.ofSeconds(20), "cat > \"$2/input\"; echo \"$1\" > \"$2/first\"; env"),
            "bot-1");
    call("web1", "{\"event\":\"join\",\"node\":\"web1\"}");
    runAll();
    assertThat(folder.resolve("input")).hasContent("{\"event\":\"join\",\"node\":\"web1\"}\n");
    assertThat(folder.resolve("first")).hasContent("$HOME; rm -rf");
    assertThat(runner.ended(HookRunner.Result.OK)).isEqualTo(1);
  }

  @Test
  @Tag("real")
  void theExampleTakesAServerOutOfItsBackend() throws Exception {
    Path socket = folder.resolve("haproxy.sock");
    try (ServerSocketChannel haproxy =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(socket))) {
      runner(
          new Hook(
              "haproxy",
              Set.of(NodeChange.values()),
              List.of(),
              List.of(
                  Path.of("../../config/hook-haproxy.sh").toRealPath().toString(),
                  socket.toString(),
                  "shop"),
              Duration.ofSeconds(20)),
          "bot-1");
      call("web1", "{\"event\":\"failed\",\"node\":\"web1\",\"environment\":\"prod\"}");
      runners.getFirst().look();
      try (SocketChannel asked = haproxy.accept()) {
        ByteBuffer command = ByteBuffer.allocate(200);
        asked.read(command);
        assertThat(new String(command.array(), 0, command.position(), StandardCharsets.UTF_8))
            .isEqualTo("set server shop/web1 state maint\n");
        asked.write(ByteBuffer.wrap("\n".getBytes(StandardCharsets.UTF_8)));
      }
      runAll();
      assertThat(ended(HookRunner.Result.OK)).isEqualTo(1);
    }
  }

  private Store hooksWhere(BiPredicate<String, Object[]> fails) {
    return Failing.with(
        Store.class,
        store,
        (method, arguments) -> method.equals("commit") && fails.test(method, arguments),
        Map.of("hooks", Failing.where(Hooks.class, store.hooks(), fails)));
  }

  @Test
  void isolation_callsThatCannotBeBegunDoNotStopTheOthersHoweverManyTheyAre() throws Exception {
    Hook hook = hook(Duration.ofSeconds(20), "read event; echo \"$event\" >> \"$2/runs\"");
    Store failing =
        hooksWhere((method, arguments) ->
            method.equals("claim")
                && arguments[0] instanceof Hooks.Call waiting
                && waiting.node().startsWith("bad"));
    HookRunner runner = new HookRunner(List.of(hook), failing, "bot-1", clock);
    runners.add(runner);
    for (int i = 0; i < HookRunner.PARALLEL + 2; i++) {
      call("bad" + i, "never");
    }
    call("web1", "join");
    for (int round = 0; round < 5; round++) {
      clock.advance(Duration.ofMillis(500));
      runner.look();
      runner.join();
    }
    assertThat(Files.readAllLines(folder.resolve("runs"))).containsExactly("join");
  }

  @Test
  void isolation_aRunWhoseEndCannotBeNotedDoesNotStopTheOthers() throws Exception {
    Hook hook = hook(Duration.ofSeconds(20), "read event; echo \"$event\" >> \"$2/runs\"");
    call("web1", "bad");
    Hooks.Call bad = store.hooks().waiting(clock.instant(), 1).getFirst();
    Store failing =
        hooksWhere((method, arguments) ->
            method.equals("commit")
                && Arrays.deepToString(arguments).contains("HookFinished[id=" + bad.id()));
    HookRunner runner = new HookRunner(List.of(hook), failing, "bot-1", clock);
    runners.add(runner);
    call("web2", "good");
    try (var errors = new LoggedErrors(HookRunner.class)) {
      for (int round = 0; round < 20; round++) {
        runner.look();
        runner.join();
        clock.advance(Duration.ofMillis(500));
      }
      assertThat(errors.messages())
          .singleElement()
          .asString()
          .startsWith("Hook call " + bad.id() + " failed.");
    }
    assertThat(store.hooks().count()).as("only the one that fails is left").isEqualTo(1);
    assertThat(Files.readAllLines(folder.resolve("runs")))
        .as("it is run again when its claim is over")
        .containsExactlyInAnyOrder("bad", "good");
  }

  @Test
  void itSeesNothingOfTheBotsEnvironment() throws Exception {
    runner(hook(Duration.ofSeconds(20), "env > \"$2/env\""), "bot-1");
    call("web1", "{}");
    runAll();
    assertThat(Files.readAllLines(folder.resolve("env")))
        .allMatch(line -> line.matches("(PATH|LANG|PWD|SHLVL|_|OLDPWD)=.*"));
  }

  @Test
  void howItEndsIsCountedAndItIsNotRunAgain() throws Exception {
    runner(hook(Duration.ofSeconds(20), "echo x >> \"$2/runs\"; exit 3"), "bot-1");
    call("web1", "{}");
    runAll();
    runAll();
    assertThat(folder.resolve("runs")).hasContent("x\n");
    assertThat(ended(HookRunner.Result.FAILED)).isEqualTo(1);
  }

  @Test
  void whatTakesTooLongIsEndedWithAllThatItStarted() throws Exception {
    runner(
        hook(
            Duration.ofSeconds(1),
            "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > \"$0/child\"; sleep 600' \"$2\" & sleep 600; sleep 600"),
        "bot-1");
    call("web1", "{}");
    runAll();
    assertThat(ended(HookRunner.Result.TIMED_OUT)).isEqualTo(1);
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aProgramThatIsNotThereIsAFailure() throws Exception {
    Hook there = hook(Duration.ofSeconds(20), "exit 0");
    runner(
        new Hook(there.name(), there.on(), List.of(), List.of("/nowhere/hook"), there.timeout()),
        "bot-1");
    call("web1", "{}");
    runAll();
    assertThat(ended(HookRunner.Result.FAILED)).isEqualTo(1);
  }

  @Test
  void muchOutputHoldsNobodyUp() throws Exception {
    runner(hook(Duration.ofSeconds(20), "yes | head -c 1000000"), "bot-1");
    call("web1", "{}");
    runAll();
    assertThat(ended(HookRunner.Result.OK)).isEqualTo(1);
  }

  @Test
  void trap17_ofTwoReplicasOneRunsIt() throws Exception {
    Hook hook = hook(Duration.ofSeconds(20), "read event; echo \"$event\" >> \"$2/runs\"");
    runner(hook, "bot-1");
    runner(hook, "bot-2");
    for (int i = 0; i < 10; i++) {
      call("web" + i, "event-" + i);
    }
    runAll();
    assertThat(Files.readAllLines(folder.resolve("runs"))).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void whatNobodyHasBegunIsReplacedByWhatHappensLater() throws Exception {
    HookRunner runner =
        runner(hook(Duration.ofSeconds(20), "read event; echo \"$event\" >> \"$2/runs\""), "bot-1");
    call("web1", "failed");
    call("web1", "join");
    call("web2", "failed");
    runAll();
    assertThat(Files.readAllLines(folder.resolve("runs")))
        .containsExactlyInAnyOrder("join", "failed");
    assertThat(runner.ended(HookRunner.Result.OK)).isEqualTo(2);
  }

  @Test
  void aRunOfABotThatDiedIsBegunAgainWhenItsTimeIsOver() throws Exception {
    call("web1", "failed");
    Hooks.Call call = store.hooks().waiting(clock.instant(), 1).getFirst();
    assertThat(store.hooks().claim(call, "dead", clock.instant(), Duration.ofMinutes(2))).isTrue();
    call("web1", "join");
    HookRunner runner =
        runner(hook(Duration.ofSeconds(20), "read event; echo \"$event\" >> \"$2/runs\""), "bot-1");
    runner.look();
    assertThat(folder.resolve("runs"))
        .as("a node's later event waits for the earlier one")
        .doesNotExist();
    clock.advance(Duration.ofMinutes(2));
    runAll();
    assertThat(Files.readAllLines(folder.resolve("runs"))).containsExactly("failed", "join");
  }
}
