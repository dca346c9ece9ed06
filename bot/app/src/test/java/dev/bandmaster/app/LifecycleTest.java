package dev.bandmaster.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandmaster.core.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four parts, each of which notes what happens to it, and some of which fail. */
class LifecycleTest {
  private static final int PARTS = 4;

  private static final Duration PATIENT = Duration.ofMinutes(1);

  /** Long enough for a thread to begin and note something, and waited for by two tests. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  /** Does something beside the noting, at a step of a part. */
  private BiConsumer<String, Integer> at(String failing, int number, Runnable fault) {
    return (step, part) -> {
      events.add(step + " " + part);
      if (step.equals(failing) && part == number) {
        fault.run();
      }
    };
  }

  private static void build(Lifecycle lifecycle, BiConsumer<String, Integer> step) {
    for (int number = 1; number <= PARTS; number++) {
      int part = number;
      step.accept("build", part);
      lifecycle.own((AutoCloseable) () -> step.accept("close", part));
      lifecycle.onStart(
          "part " + part, () -> step.accept("start", part), () -> step.accept("stop", part));
    }
  }

  private Lifecycle launch(Duration longest, BiConsumer<String, Integer> step) {
    return Lifecycle.launch(
        lifecycle -> {
          build(lifecycle, step);
          return lifecycle;
        },
        longest);
  }

  private static List<String> up(String step, int from, int to) {
    List<String> all = new ArrayList<>();
    for (int part = from; part <= to; part++) {
      all.add(step + " " + part);
    }
    return all;
  }

  private static List<String> down(String step, int from, int to) {
    return up(step, to, from).reversed();
  }

  @SafeVarargs
  private static List<String> all(List<String>... steps) {
    List<String> all = new ArrayList<>();
    for (List<String> step : steps) {
      all.addAll(step);
    }
    return all;
  }

  private static List<String> started() {
    return all(up("build", 1, PARTS), up("start", 1, PARTS));
  }

  private static List<String> ended() {
    return all(down("stop", PARTS, 1), down("close", PARTS, 1));
  }

  @Test
  void lifecycle_partsStartInOrderAndStopInReverseAndThenCloseInReverse() {
    Lifecycle lifecycle = launch(PATIENT, at("", 0, () -> {}));
    assertThat(events).isEqualTo(started());
    assertThat(lifecycle.state()).isEqualTo(Lifecycle.State.RUNNING);

    lifecycle.close();
    assertThat(events).isEqualTo(all(started(), ended()));
    assertThat(lifecycle.state()).isEqualTo(Lifecycle.State.STOPPED);

    lifecycle.close();
    assertThat(events).as("a second close does nothing").isEqualTo(all(started(), ended()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void lifecycle_aPartThatCannotBeBuiltClosesThoseBuiltBefore(int position) {
    var fault = new AssertionError("cannot be built");
    assertThatThrownBy(() -> launch(PATIENT, at("build", position, throwing(fault))))
        .isSameAs(fault);
    assertThat(events).isEqualTo(all(up("build", 1, position), down("close", position - 1, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void lifecycle_aPartThatCannotStartStopsThoseStartedAndClosesAll(int position) {
    var fault = new IllegalStateException("cannot start");
    assertThatThrownBy(() -> launch(PATIENT, at("start", position, throwing(fault))))
        .isSameAs(fault);
    assertThat(events)
        .isEqualTo(
            all(
                up("build", 1, PARTS),
                up("start", 1, position),
                down("stop", position - 1, 1),
                down("close", PARTS, 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void lifecycle_aPartThatDoesNotStopOrCloseKeepsNoOtherFromIt(int position) {
    for (String step : List.of("stop", "close")) {
      events.clear();
      launch(PATIENT, at(step, position, throwing(new StackOverflowError()))).close();
      assertThat(events).as(step).isEqualTo(all(started(), ended()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void lifecycle_aFailureToCloseDoesNotHideWhyTheStartFailed(int position) {
    var fault = new IllegalStateException("cannot start");
    assertThatThrownBy(() ->
            launch(
                PATIENT,
                at("start", PARTS, throwing(fault))
                    .andThen((step, part) -> {
                      if (step.equals("close") && part == position) {
                        throw new IllegalStateException("cannot close");
                      }
                    })))
        .isSameAs(fault);
    assertThat(events).endsWith("close 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "close"})
  void lifecycle_aPartThatHangsIsInterruptedAndLeftBehind(String step) throws InterruptedException {
    var never = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    launch(
            SHORT,
            at(
                step,
                2,
                () -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                }))
        .close();
    assertThat(events).isEqualTo(all(started(), ended()));
    Await.until("the interrupt", () -> interrupted.getCount() == 0);
  }

  @Test
  void lifecycle_aStopDuringTheStartEndsItAfterTheCurrentPart() throws InterruptedException {
    List<Thread> closers = new ArrayList<>();
    assertThatThrownBy(() ->
            Lifecycle.launch(
                lifecycle -> {
                  build(
                      lifecycle,
                      at(
                          "start",
                          2,
                          () -> {
                            closers.add(Thread.ofVirtual().start(lifecycle::close));
                            while (lifecycle.state() != Lifecycle.State.STOPPING) {
                              Thread.onSpinWait();
                            }
                          }));
                  return lifecycle;
                },
                PATIENT))
        .isInstanceOf(CancellationException.class);
    assertThat(events)
        .isEqualTo(
            all(
                up("build", 1, PARTS),
                up("start", 1, 2),
                down("stop", 2, 1),
                down("close", PARTS, 1)));
    Await.until("the close", () -> !closers.getFirst().isAlive());
  }

  @Test
  void lifecycle_aThreadThatIsInterruptedClosesAllAndStaysInterrupted() {
    Lifecycle lifecycle = launch(PATIENT, at("", 0, () -> {}));
    Thread.currentThread().interrupt();
    lifecycle.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(events).containsSubsequence(down("close", PARTS, 1));
  }

  private static Runnable throwing(Throwable fault) {
    return () -> {
      switch (fault) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalArgumentException(fault);
      }
    };
  }
}
