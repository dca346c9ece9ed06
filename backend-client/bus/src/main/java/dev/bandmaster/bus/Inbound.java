package dev.bandmaster.bus;

import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.model.WorkEvent;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what arrives for the bot and hands what can be trusted to the listener. The listener is
 * still at its last batch of a connection or channel that ended when the next one brings the same
 * deliveries again: they wait until it has finished.
 */
final class Inbound {
  private static final Logger log = LoggerFactory.getLogger(Inbound.class);

  private final BotCodec codec;
  private final BusListener listener;
  private final FaultLog faults = new FaultLog(log);
  private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();
  private final ReentrantLock turnOfEvents = new ReentrantLock();

  Inbound(BotCodec codec, BusListener listener) {
    this.codec = codec;
    this.listener = listener;
  }

  void stateChanged(BusState state) {
    listener.stateChanged(state);
  }

  /** The listener is notified on a best-effort basis: it cannot cause a redelivery. */
  private void rejected(RejectedMessage message) {
    String place = "The listener of rejected messages";
    try {
      listener.rejected(message);
      faults.recovered(place);
    } catch (RuntimeException e) {
      faults.failed(place, e);
    }
  }

  void discarded(BatchConsumer.Delivery delivery, Throwable fault) {
    listener.discarded(
        delivery.hints().routingKey(),
        fault.getMessage() == null ? fault.toString() : fault.getMessage());
  }

  /** Where events go. */
  BatchConsumer.Receiver eventReceiver() {
    return new BatchConsumer.Receiver() {
      @Override
      public void accept(List<BatchConsumer.Delivery> batch) {
        events(batch);
      }

      @Override
      public void discarded(BatchConsumer.Delivery delivery, Throwable fault) {
        Inbound.this.discarded(delivery, fault);
      }
    };
  }

  void replies(String lease, List<BatchConsumer.Delivery> deliveries) {
    var trusted = new ArrayList<TargetReport>(deliveries.size());
    for (BatchConsumer.Delivery delivery : deliveries) {
      switch (codec.openReply(delivery.body(), delivery.hints(), lease)) {
        case Opened.Trusted<TargetReport>(TargetReport reply) -> trusted.add(reply);
        case Opened.Dropped<TargetReport>(RejectedMessage rejected) -> rejected(rejected);
      }
    }
    if (!trusted.isEmpty()) {
      ReentrantLock turn = turns.computeIfAbsent(lease, each -> new ReentrantLock());
      turn.lock();
      try {
        listener.replies(lease, List.copyOf(trusted));
      } finally {
        turn.unlock();
      }
    }
  }

  /**
   * Events are judged one after the other, since an enrolment that the listener accepts makes the
   * next event of the same node trustworthy.
   */
  void events(List<BatchConsumer.Delivery> deliveries) {
    turnOfEvents.lock();
    try {
      inOrder(deliveries);
    } finally {
      turnOfEvents.unlock();
    }
  }

  private void inOrder(List<BatchConsumer.Delivery> deliveries) {
    var presence = new ArrayList<PresenceEvent>();
    for (BatchConsumer.Delivery delivery : deliveries) {
      switch (codec.openEvent(delivery.body(), delivery.hints())) {
        case Opened.Trusted<NodeEvent>(PresenceEvent event) -> presence.add(event);
        case Opened.Trusted<NodeEvent>(NodeEvent event) -> {
          hand(presence);
          one(event);
        }
        case Opened.Dropped<NodeEvent>(RejectedMessage rejected) -> rejected(rejected);
      }
    }
    hand(presence);
  }

  private void hand(List<PresenceEvent> presence) {
    if (!presence.isEmpty()) {
      listener.presence(List.copyOf(presence));
      presence.clear();
    }
  }

  private void one(NodeEvent event) {
    switch (event) {
      case Enrolment enrolment -> listener.enrolment(enrolment);
      case AlertEvent alert -> listener.alert(alert);
      case WorkEvent job -> listener.job(job);
      case PresenceEvent presence -> listener.presence(List.of(presence));
    }
  }
}
