package dev.bandmaster.engine.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandmaster.engine.oncall.DutySource.DutyUnknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnCallTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  private Instant now = NOON;
  private final AtomicInteger asked = new AtomicInteger();
  private boolean broken;
  private Duty duty = new Duty(List.of("U1", "U2"), List.of(), Optional.empty());

  private final OnCall onCall =
      new OnCall(
          Map.of(
              "web",
              new OnCall.Team(this::answer, Duration.ofMinutes(5), Optional.of("S1")),
              "db",
              new OnCall.Team(
                  at -> new Duty(List.of("U3"), List.of(), Optional.empty()),
                  Duration.ZERO,
                  Optional.empty())),
          () -> now);

  private Duty answer(Instant at) throws DutyUnknown {
    asked.incrementAndGet();
    if (broken) {
      throw new DutyUnknown("The program ended with exit status 1.");
    }
    return duty;
  }

  private void after(Duration time) {
    now = now.plus(time);
    onCall.look();
  }

  @Test
  void commandW5_whoIsOnCallIsMentionedAndOtherwiseTheGroup() {
    assertThat(onCall.mention("S7")).as("a group is itself").isEqualTo("S7");
    assertThat(onCall.mention("")).isEmpty();
    assertThat(onCall.mention("oncall:web")).as("nobody is known yet").isEqualTo("S1");
    assertThat(onCall.mention("oncall:db")).isEqualTo("@U3");
    onCall.look();
    assertThat(onCall.mention("oncall:web")).isEqualTo("@U1,@U2");
    assertThat(onCall.mention("oncall:nobody")).isEmpty();
    duty = new Duty(List.of(), List.of("eve@example.com"), Optional.empty());
    after(Duration.ofMinutes(5));
    assertThat(onCall.mention("oncall:web")).isEqualTo("S1");
    assertThat(onCall.who("web"))
        .as("whose entry is missing is said")
        .isEqualTo(new OnCall.Answer.Found(duty, ""));
  }

  @Test
  void commandW5_aSourceIsAskedInTheBackgroundAndWhenAShiftEnds() {
    assertThat(onCall.who("web")).isInstanceOf(OnCall.Answer.Unknown.class);
    assertThat(asked).as("nobody who asks waits").hasValue(0);
    onCall.look();
    after(Duration.ofMinutes(4));
    assertThat(asked).hasValue(1);
    duty = new Duty(List.of("U1"), List.of(), Optional.of(now.plusSeconds(90)));
    after(Duration.ofMinutes(1));
    assertThat(asked).hasValue(2);
    duty = new Duty(List.of("U4"), List.of(), Optional.empty());
    after(Duration.ofSeconds(30));
    assertThat(asked).hasValue(3);
    assertThat(onCall.mention("oncall:web")).isEqualTo("@U4");
  }

  @Test
  void commandW5_whatASourceSaidLastCountsForADay() {
    onCall.look();
    broken = true;
    after(Duration.ofMinutes(5));
    assertThat(onCall.who("web"))
        .isEqualTo(new OnCall.Answer.Found(duty, "The program ended with exit status 1."));
    after(Duration.ofSeconds(29));
    int before = asked.get();
    after(Duration.ofSeconds(1));
    assertThat(asked).hasValue(before + 1);
    after(OnCall.STALE);
    assertThat(onCall.who("web"))
        .isEqualTo(new OnCall.Answer.Unknown("The program ended with exit status 1."));
    assertThat(onCall.mention("oncall:web")).isEqualTo("S1");
    broken = false;
    after(Duration.ofMinutes(1));
    assertThat(onCall.mention("oncall:web")).isEqualTo("@U1,@U2");
  }
}
