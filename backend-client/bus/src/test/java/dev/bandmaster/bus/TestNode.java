package dev.bandmaster.bus;

import dev.bandmaster.model.Data;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.ReportBody;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.wire.BotKeyRing;
import dev.bandmaster.wire.NodeKeys;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.ReplayCache;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.Stamps;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small agent: answers everything with OK, a replay with DUPLICATE, and remembers what it ran.
 */
final class TestNode implements AutoCloseable {
  final List<Request> ran = new CopyOnWriteArrayList<>();
  final List<Incoming.Untrusted> untrusted = new CopyOnWriteArrayList<>();
  final NodeDescription self;
  final Stamps stamps;
  final NodeBus bus;
  private final InstantSource clock;
  private final ReplayCache seen;
  private final AtomicLong sequence = new AtomicLong();

  TestNode(
      ConnectionSettings settings,
      NodeDescription self,
      NodeKeys keys,
      BotKeyRing ring,
      NodeOptions options,
      InstantSource clock) {
    this.self = self;
    this.clock = clock;
    this.seen = new ReplayCache(1_000, clock);
    this.stamps = new Stamps(self.node(), self.env(), "boot-1", 1, clock);
    this.bus =
        new AmqpNodeBus(
            settings.withName(self.node()),
            self,
            keys,
            ring,
            stamps,
            options,
            clock,
            new SplittableRandom(1));
  }

  void start() {
    bus.start(
        new RequestHandler() {
          @Override
          public void request(Incoming incoming) {
            Thread.ofVirtual().name("handle-" + self.node()).start(() -> handle(incoming));
          }

          @Override
          public void stateChanged(BusState state) {
            if (state instanceof BusState.Connected) {
              announce(new PresenceEvent.Join(stamps.next(), self));
            }
          }
        });
  }

  void announce(PresenceEvent event) {
    try {
      bus.announce(event);
    } catch (BusUnavailable away) {
      throw new IllegalStateException(away);
    }
  }

  private void handle(Incoming incoming) {
    switch (incoming) {
      case Incoming.Genuine(Request request, boolean again, Acknowledgement receipt)
          when PresenceCall.is(request) ->
          announce(new PresenceEvent.Update(stamps.next(), self));
      case Incoming.Genuine(Request request, boolean again, Acknowledgement receipt) -> {
        FinalCode code =
            switch (seen.see(request)) {
              case FRESH -> FinalCode.OK;
              case REPLAYED, FULL -> FinalCode.DUPLICATE;
            };
        if (code == FinalCode.OK) {
          ran.add(request);
        }
        answer(request.id(), request.replyTo(), code, "done");
      }
      case Incoming.Refused(
              String request,
              String replyTo,
              FinalCode code,
              String reason,
              Acknowledgement receipt) ->
          answer(request, replyTo, code, reason);
      case Incoming.Untrusted message -> untrusted.add(message);
    }
    incoming.acknowledgement().done();
  }

  void answer(String request, String replyTo, FinalCode code, String message) {
    var end = new ReportBody.Final(code, message, null, Data.none());
    var reply =
        new TargetReport(
            request, self.node(), "boot-1", sequence.incrementAndGet(), clock.instant(), end);
    try {
      bus.reply(replyTo, reply);
    } catch (BusUnavailable away) {
      // The tests that cut connections look at what comes without it.
    }
  }

  @Override
  public void close() {
    bus.close();
  }
}
