package dev.bandmaster.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is moved by hand: what lasts an hour takes as long as the work in it. */
final class SimulatedTime implements InstantSource {
  private volatile Instant now;

  SimulatedTime(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration duration) {
    now = now.plus(duration);
  }
}
