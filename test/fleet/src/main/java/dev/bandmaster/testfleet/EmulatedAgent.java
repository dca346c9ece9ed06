package dev.bandmaster.testfleet;

import dev.bandmaster.bus.Acknowledgement;
import dev.bandmaster.bus.BusState;
import dev.bandmaster.bus.BusUnavailable;
import dev.bandmaster.bus.Incoming;
import dev.bandmaster.bus.NodeBus;
import dev.bandmaster.bus.RequestHandler;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Boots;
import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.Load;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.testfleet.Behaviour.Step;
import dev.bandmaster.testfleet.NodeMemory.Entry;
import dev.bandmaster.testfleet.NodeMemory.State;
import dev.bandmaster.wire.NodeDescriptions;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.ReplayCache;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.Stamps;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node that pretends to work. */
final class EmulatedAgent implements RequestHandler {
  private static final Logger log = LoggerFactory.getLogger(EmulatedAgent.class);

  /** Capabilities that change nothing: remembered in memory only, as the real agent does. */
  private static final Set<String> QUICK = Set.of("ping", "facts", "job");

  /** What the agents of a fleet share. */
  record Shared(
      Supplier<Behaviour> behaviour,
      Ledger ledger,
      Duration jobHeartbeat,
      Executor work,
      InstantSource clock,
      RandomGenerator random) {}

  private final NodeBus bus;
  private final NodeMemory memory;
  private final Shared shared;
  private final ReplySpool spool;
  private final ReplayCache seen;
  private final Map<String, RunningWork> running = new ConcurrentHashMap<>();
  private volatile Stamps stamps;
  private volatile long incarnation;
  private volatile boolean joined;
  private volatile boolean dead;

  EmulatedAgent(NodeBus bus, NodeDescription self, Stamps stamps, long incarnation, Shared shared) {
    this.bus = bus;
    this.memory = new NodeMemory(self);
    this.stamps = stamps;
    this.incarnation = incarnation;
    this.shared = shared;
    this.spool = new ReplySpool(bus, self.node(), shared.clock());
    this.seen = new ReplayCache(10_000, shared.clock());
  }

  String name() {
    return memory.node().node();
  }

  EmulatedNode node() {
    return memory.node();
  }

  boolean hasJoined() {
    return joined && !dead;
  }

  @Override
  public void stateChanged(BusState state) {
    joined = state instanceof BusState.Connected;
    if (joined && !dead) {
      announce(new PresenceEvent.Join(stamps.next(), memory.node().description()));
      shared.work().execute(spool::flush);
    }
  }

  void heartbeat(Duration interval) {
    if (hasJoined()) {
      String hash = NodeDescriptions.hash(memory.node().description());
      announce(
          new PresenceEvent.Alive(stamps.next(), new Load(0.1, 4), interval, running.size(), hash));
    }
  }

  /** Is killed, and comes back in a new life after a while. */
  void crash(Duration away) {
    dead = true;
    running.values().forEach(RunningWork::die);
    running.clear();
    shared
        .work()
        .execute(() -> {
          try {
            Thread.sleep(away);
            live();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void live() {
    incarnation = Math.max(incarnation + 1, shared.clock().millis());
    NodeDescription self = memory.node().description();
    stamps =
        new Stamps(
            self.node(),
            self.env(),
            Boots.id(incarnation, shared.random()),
            incarnation,
            shared.clock());
    dead = false;
    for (Entry entry : memory.in(State.ACCEPTED)) {
      memory.finish(
          entry.request(),
          Behaviours.end(FinalCode.LOST, "The agent restarted during this request.", null));
    }
    for (Entry entry : memory.in(State.FINISHED)) {
      ReportBody.Final end = entry.end();
      if (end != null) {
        say(entry.request(), entry.replyTo(), end);
        memory.reported(entry.request());
      }
    }
    if (joined) {
      announce(new PresenceEvent.Join(stamps.next(), self));
    }
  }

  @Override
  public void request(Incoming incoming) {
    incoming.acknowledgement().done();
    if (!dead) {
      shared.work().execute(() -> handle(incoming));
    }
  }

  private void handle(Incoming incoming) {
    switch (incoming) {
      case Incoming.Genuine(Request request, boolean again, Acknowledgement receipt) ->
          handle(request);
      case Incoming.Refused(
              String request,
              String to,
              FinalCode code,
              String reason,
              Acknowledgement receipt) ->
          say(request, to, end(code, reason));
      case Incoming.Untrusted(RejectedMessage rejected, Acknowledgement receipt) -> alert(rejected);
    }
  }

  private void handle(Request request) {
    if (PresenceCall.is(request)) {
      announce(new PresenceEvent.Update(stamps.next(), memory.node().description()));
    } else if (shared.behaviour().get().receives(memory.node(), request)) {
      if (QUICK.contains(request.capability())) {
        answer(request);
      } else {
        begin(request);
      }
    }
  }

  private void answer(Request request) {
    switch (seen.see(request)) {
      case FRESH -> {
        shared.ledger().answered();
        if (request.capability().equals("job")) {
          say(request, cancel(request.arguments().path("request").asText()));
        } else {
          run(request);
        }
      }
      case REPLAYED -> say(request, end(FinalCode.DUPLICATE, "This request was already answered."));
      case FULL ->
          say(request, end(FinalCode.FAILED, "Too many requests at once. Try again later."));
    }
  }

  private void begin(Request request) {
    if (!shared.clock().instant().isBefore(request.deadline())) {
      say(request, end(FinalCode.EXPIRED, "It arrived after its deadline, so it was not run."));
      return;
    }
    Optional<Entry> known = memory.accept(request);
    if (known.isPresent()) {
      say(request, known(known.get()));
      return;
    }
    shared.ledger().began(request.id(), name(), request.capability() + "." + request.action());
    say(request, new ReportBody.Accepted(shared.jobHeartbeat()));
    run(request);
  }

  private ReportBody known(Entry entry) {
    ReportBody.Final end = entry.end();
    return switch (entry.state()) {
      case ACCEPTED -> new ReportBody.Accepted(shared.jobHeartbeat());
      case CANCELLED -> end(FinalCode.CANCELLED, "Cancelled before it started.");
      case FINISHED, REPORTED ->
          end == null
              ? end(FinalCode.DUPLICATE, "It already ran; its result is unknown.")
              : ReportBody.Final.duplicateOf(end);
    };
  }

  private ReportBody.Final cancel(String request) {
    RunningWork work = running.get(request);
    if (work != null) {
      work.cancel();
      return cancelled("cancel requested", "running");
    }
    Optional<Entry> known = memory.bury(request);
    if (known.isEmpty()) {
      return cancelled("refused when it comes", "unseen");
    }
    Entry entry = known.get();
    if (entry.state() == State.ACCEPTED) {
      // It hangs, or was just taken: nothing of it will be received any more but this.
      finish(request, entry.replyTo(), end(FinalCode.CANCELLED, "Cancelled."));
      return cancelled("cancel requested", "running");
    }
    return entry.state() == State.CANCELLED
        ? cancelled("refused when it comes", "unseen")
        : cancelled("already ended", "finished");
  }

  private static ReportBody.Final cancelled(String message, String state) {
    Data data = Data.Fields.EMPTY.with("state", state);
    return new ReportBody.Final(FinalCode.OK, message, null, data);
  }

  private void run(Request request) {
    List<Step> steps = shared.behaviour().get().answer(memory.node(), request, shared.random());
    if (steps.isEmpty()) {
      return;
    }
    var work = new RunningWork(request, shared.clock(), shared.jobHeartbeat());
    running.put(request.id(), work);
    try {
      for (Step step : steps) {
        switch (work.await(step.after(), () -> say(request, new ReportBody.Heartbeat()))) {
          case PASSED -> perform(request, step);
          case CANCELLED -> finish(request, end(FinalCode.CANCELLED, "Cancelled."));
          case OVERDUE -> finish(request, end(FinalCode.TIMEOUT, "It timed out."));
          case DEAD -> {}
        }
        if (work.isOver()) {
          return;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      running.remove(request.id(), work);
    }
  }

  private void perform(Request request, Step step) {
    switch (step) {
      case Step.Say(Duration after, ReportBody.Final end) -> finish(request, end);
      case Step.Say(Duration after, ReportBody body) -> say(request, body);
      case Step.Crash(Duration after, Duration away, Optional<ReportBody.Final> end) -> {
        end.ifPresent(reached -> {
          memory.finish(request.id(), reached);
          takeEffect(request, reached);
        });
        crash(away);
      }
    }
  }

  private void finish(Request request, ReportBody.Final end) {
    if (QUICK.contains(request.capability())) {
      say(request, end);
      return;
    }
    // The effect first: the one that receives the end may ask at once what is current.
    boolean changed = takeEffect(request, end);
    finish(request.id(), request.replyTo(), end);
    if (changed) {
      announce(new PresenceEvent.Update(stamps.next(), memory.node().description()));
    }
  }

  private void finish(String request, String replyTo, ReportBody.Final end) {
    if (memory.finish(request, end)) {
      say(request, replyTo, end);
      memory.reported(request);
    }
  }

  private boolean takeEffect(Request request, ReportBody.Final end) {
    if (!request.capability().equals(Deploys.CAPABILITY) || end.code() != FinalCode.OK) {
      return false;
    }
    Optional<String> version = Deploys.target(memory.node(), request);
    version.ifPresent(target -> memory.install(Deploys.app(request), target));
    return version.isPresent();
  }

  private static ReportBody.Final end(FinalCode code, String message) {
    return new ReportBody.Final(code, message, null, Data.none());
  }

  private void say(Request request, ReportBody body) {
    say(request.id(), request.replyTo(), body);
  }

  private void say(String request, String replyTo, ReportBody body) {
    if (!dead) {
      spool.send(request, replyTo, stamps.boot(), body);
    }
  }

  private void alert(RejectedMessage rejected) {
    if (rejected.suspicious()) {
      announce(
          new AlertEvent(
              stamps.next(), AlertEvent.Severity.CRITICAL, "forged-request", rejected.reason()));
    }
  }

  private void announce(NodeEvent event) {
    try {
      bus.announce(event);
    } catch (BusUnavailable away) {
      log.debug("{} could not announce: {}", name(), away.getMessage());
    }
  }
}
