package dev.bandmaster.agent.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.process.Cancellation;
import dev.bandmaster.agent.process.ProgramCall;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.ProgramOutput;
import dev.bandmaster.agent.process.Supervisor;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One request at work. Its own thread does the work; the runner's watch looks at it now and then.
 */
final class RunningJob implements ActionContext {

  /** Longest value of a progress message, a little below what a reply may carry. */
  private static final int LONGEST_VALUE = 3_900;

  private final Request request;
  private final ReplyChannel channel;
  private final JobOutput output;
  private final Supervisor supervisor;
  private final Cancellation cancellation = new Cancellation();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final long end;
  private volatile @Nullable Thread thread;
  private volatile long cancelledAt;

  /**
   * @param time how long it may take; counted on the monotonic clock from now, since a corrected
   *     wall clock must not end or prolong a job
   */
  RunningJob(
      Request request,
      ReplyChannel channel,
      long outputLimit,
      Supervisor supervisor,
      Duration time) {
    this.request = request;
    this.channel = channel;
    this.output = new JobOutput(channel, outputLimit);
    this.supervisor = supervisor;
    this.end = System.nanoTime() + time.toNanos();
  }

  @Override
  public String request() {
    return request.id();
  }

  @Override
  public Caller caller() {
    return request.caller();
  }

  @Override
  public JsonNode arguments() {
    return request.arguments();
  }

  @Override
  public void progress(String key, String value) {
    output.flush();
    String reported =
        value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
    channel.send(new ReportBody.Progress(key, reported));
  }

  @Override
  public ProgramOutput output() {
    return output;
  }

  @Override
  public Duration remaining() {
    long left = end - System.nanoTime();
    // Never nothing: a call without any time would be a mistake in the call, not the end of time.
    return Duration.ofNanos(Math.max(left, 1_000_000));
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public ProgramOutcome run(
      List<String> arguments, Path directory, Map<String, String> environment) {
    return supervisor.run(
        new ProgramCall(arguments, directory, environment, remaining()), output, cancellation);
  }

  @Override
  public ProgramOutcome run(
      List<String> arguments,
      Path directory,
      Map<String, String> environment,
      Path input,
      ProgramOutput to) {
    return supervisor.run(
        new ProgramCall(arguments, directory, environment, remaining(), Optional.of(input)),
        to,
        cancellation);
  }

  Request asked() {
    return request;
  }

  ReplyChannel channel() {
    return channel;
  }

  JobOutput jobOutput() {
    return output;
  }

  /** Sets the work going on a thread that has not been started yet. */
  void begin(Thread worker) {
    thread = worker;
    worker.start();
  }

  /** Whether its time is over. */
  boolean overdue() {
    return System.nanoTime() - end >= 0;
  }

  /** Whether it was cancelled this long ago and has not ended. */
  boolean deafFor(Duration patience) {
    return cancellation.isRequested() && System.nanoTime() - cancelledAt >= patience.toNanos();
  }

  /** Cancels the work, whatever it is waiting for. */
  void end(Cancellation.Reason reason) {
    cancelledAt = cancellation.isRequested() ? cancelledAt : System.nanoTime();
    if (cancellation.request(reason)) {
      Thread worker = thread;
      if (worker != null) {
        worker.interrupt();
      }
    }
  }

  /** True for the one who may send the final. */
  boolean claimEnd() {
    return ended.compareAndSet(false, true);
  }

  /** Whether its final has not been decided on yet. */
  boolean isOpen() {
    return !ended.get();
  }
}
