package dev.bandmaster.simulator;

import dev.bandmaster.simulator.page.SideAction;
import dev.bandmaster.simulator.socket.Delays;
import dev.bandmaster.simulator.time.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How the simulator behaves.
 *
 * @param port the port on 127.0.0.1; 0 takes a free one
 * @param rateScale 1 for Slack's rate limits, 10 for ten times as many calls, 0 for none
 * @param delays how long Socket Mode waits for what
 * @param shareDelay how long after its completion an uploaded file appears
 * @param sameEnvelope whether a retried event keeps its envelope's id
 * @param sideTitle the heading above the side actions
 * @param sidePanel buttons of the embedding program at the side of the page
 * @param suggestions what a newcomer may say to the bot, on buttons of an empty conversation
 * @param clock the time
 * @param timer does things later; closed with the simulator
 * @param random chance: the connection an envelope takes, and identifiers
 */
public record SimulatorOptions(
    int port,
    double rateScale,
    Delays delays,
    Duration shareDelay,
    boolean sameEnvelope,
    String sideTitle,
    List<SideAction> sidePanel,
    List<String> suggestions,
    InstantSource clock,
    Timer timer,
    RandomGenerator random) {
  public SimulatorOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("The port is 0 to 65535; " + port + " is not.");
    }
    sidePanel = List.copyOf(sidePanel);
    suggestions = List.copyOf(suggestions);
  }

  /** As Slack behaves, on a free port. */
  public static SimulatorOptions defaults() {
    return new SimulatorOptions(
        0,
        1,
        Delays.ofSlack(),
        Duration.ofMillis(300),
        false,
        "",
        List.of(),
        List.of(),
        InstantSource.system(),
        Timer.real(),
        new SplittableRandom());
  }

  /** The same on this port. */
  public SimulatorOptions withPort(int other) {
    return new SimulatorOptions(
        other,
        rateScale,
        delays,
        shareDelay,
        sameEnvelope,
        sideTitle,
        sidePanel,
        suggestions,
        clock,
        timer,
        random);
  }

  /** The same with other rate limits; 0 for none. */
  public SimulatorOptions withRateScale(double scale) {
    return new SimulatorOptions(
        port,
        scale,
        delays,
        shareDelay,
        sameEnvelope,
        sideTitle,
        sidePanel,
        suggestions,
        clock,
        timer,
        random);
  }

  /** The same with other delays in Socket Mode. */
  public SimulatorOptions withDelays(Delays other) {
    return new SimulatorOptions(
        port,
        rateScale,
        other,
        shareDelay,
        sameEnvelope,
        sideTitle,
        sidePanel,
        suggestions,
        clock,
        timer,
        random);
  }

  /** The same with another delay before an uploaded file appears. */
  public SimulatorOptions withShareDelay(Duration delay) {
    return new SimulatorOptions(
        port,
        rateScale,
        delays,
        delay,
        sameEnvelope,
        sideTitle,
        sidePanel,
        suggestions,
        clock,
        timer,
        random);
  }

  /** The same, retried events keeping their envelope's id. */
  public SimulatorOptions withSameEnvelope() {
    return new SimulatorOptions(
        port,
        rateScale,
        delays,
        shareDelay,
        true,
        sideTitle,
        sidePanel,
        suggestions,
        clock,
        timer,
        random);
  }

  /** The same with buttons at the side of the page. */
  public SimulatorOptions withSidePanel(String title, List<SideAction> actions) {
    return new SimulatorOptions(
        port,
        rateScale,
        delays,
        shareDelay,
        sameEnvelope,
        title,
        actions,
        suggestions,
        clock,
        timer,
        random);
  }

  /** The same with lines that the page offers to a newcomer. */
  public SimulatorOptions withSuggestions(List<String> lines) {
    return new SimulatorOptions(
        port,
        rateScale,
        delays,
        shareDelay,
        sameEnvelope,
        sideTitle,
        sidePanel,
        lines,
        clock,
        timer,
        random);
  }

  /** The same with time in the caller's hands. */
  public SimulatorOptions withTime(InstantSource otherClock, Timer otherTimer) {
    return new SimulatorOptions(
        port,
        rateScale,
        delays,
        shareDelay,
        sameEnvelope,
        sideTitle,
        sidePanel,
        suggestions,
        otherClock,
        otherTimer,
        random);
  }

  /** The same with chance in the caller's hands. */
  public SimulatorOptions withRandom(RandomGenerator other) {
    return new SimulatorOptions(
        port,
        rateScale,
        delays,
        shareDelay,
        sameEnvelope,
        sideTitle,
        sidePanel,
        suggestions,
        clock,
        timer,
        other);
  }
}
