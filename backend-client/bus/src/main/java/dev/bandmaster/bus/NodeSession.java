package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.bandmaster.bus.ConfirmedChannel.Outcome;
import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.RejectedMessage;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.model.WorkEvent;
import dev.bandmaster.wire.NodeCodec;
import dev.bandmaster.wire.PresenceCall;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.RequestVerdict;
import dev.bandmaster.wire.RoutingKeys;
import dev.bandmaster.wire.Stamps;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node on a connection: judges its requests, sends its replies and events. */
final class NodeSession implements NodeBus {
  /** How long a node that stops waits until the broker has its last event; it stops anyway. */
  private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(2);

  private static final Logger log = LoggerFactory.getLogger(NodeSession.class);

  /** How long a reply takes at most: the promise of {@link NodeBus#reply}. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Names names;
  private final NodeCodec codec;
  private final Stamps stamps;
  private final NodeQueues queues;
  private final Supplier<BusState> state;
  private final FaultLog faults = new FaultLog(log);
  private final ReentrantLock turn = new ReentrantLock();
  private final Optional<String> enrolmentToken;
  private volatile NodeDescription self;
  private volatile @Nullable RequestHandler handler;
  private volatile @Nullable ConfirmedChannel sending;

  NodeSession(
      Names names,
      NodeDescription self,
      NodeCodec codec,
      Stamps stamps,
      NodeOptions options,
      Supplier<BusState> state) {
    this.names = names;
    this.self = self;
    this.codec = codec;
    this.stamps = stamps;
    this.queues = new NodeQueues(names, self.node(), options);
    this.state = state;
    this.enrolmentToken = options.enrolmentToken();
  }

  String node() {
    return self.node();
  }

  @Override
  public void start(RequestHandler requestHandler) {
    handler = requestHandler;
  }

  void open(
      Connection connection, Channel requests, ConfirmedChannel replies, BrokerDialect dialect)
      throws IOException {
    sending = replies;
    queues.open(connection, requests, dialect, self, RequestConsumer::new);
  }

  void stateChanged(BusState next) {
    switch (next) {
      case BusState.Connected _, BusState.Blocked _ -> {}
      case BusState.Disconnected _, BusState.Refused _, BusState.Closed _ -> {
        sending = null;
        queues.closed();
      }
    }
    RequestHandler current = handler;
    if (current != null) {
      current.stateChanged(next);
    }
  }

  @Override
  public void reply(String replyTo, TargetReport reply) throws BusUnavailable {
    var properties =
        properties("reply", reply.sentAt())
            .messageId(reply.boot() + "-" + reply.sequence())
            .correlationId(reply.request());
    long deadline = System.nanoTime() + LONGEST.toNanos();
    Outcome outcome =
        channel()
            .publish(
                names.replies(),
                RoutingKeys.reply(replyTo, reply),
                false,
                properties,
                codec.sign(reply),
                deadline)
            .await(deadline);
    switch (outcome) {
      case TAKEN, RETURNED -> {}
      case REFUSED, UNKNOWN, NOT_SENT ->
          throw new BusUnavailable("the broker did not confirm the reply", null);
    }
  }

  @Override
  public void announce(NodeEvent event) throws BusUnavailable {
    ConfirmedChannel current = channel();
    switch (event) {
      case PresenceEvent.Join(EventStamp stamp, NodeDescription description) ->
          describe(description);
      case PresenceEvent.Update(EventStamp stamp, NodeDescription description) ->
          describe(description);
      case PresenceEvent.Alive alive -> {}
      case PresenceEvent.Leave leave -> {}
      case WorkEvent job -> {}
      case AlertEvent alert -> {}
      case Enrolment enrolment -> {}
    }
    // Events are not waited for: the next heartbeat carries what a lost one would have carried.
    ConfirmedChannel.Sending sending =
        current.publish(
            names.events(),
            RoutingKeys.event(event),
            false,
            properties("event", event.stamp().sentAt()),
            codec.sign(event),
            System.nanoTime());
    if (event instanceof PresenceEvent.Leave) {
      // Nothing follows it, and the connection is about to be closed under it.
      var _ = sending.await(System.nanoTime() + LEAVE_PATIENCE.toNanos());
    }
  }

  @Override
  public BusState state() {
    return state.get();
  }

  /** The connection is the host's to close. */
  @Override
  public void close() {
    sending = null;
  }

  private void describe(NodeDescription description) throws BusUnavailable {
    self = description;
    try {
      queues.listen(description);
    } catch (IOException | AlreadyClosedException e) {
      throw new BusUnavailable(
          "the connection to the broker closed while the node changed its subscriptions", e);
    }
  }

  /** Shows the node's public key. */
  void enrol() throws BusUnavailable {
    announce(new Enrolment(stamps.next(), codec.publicKey(), enrolmentToken));
  }

  private ConfirmedChannel channel() throws BusUnavailable {
    ConfirmedChannel current = sending;
    if (current == null || !current.isOpen()) {
      throw new BusUnavailable("the broker is unreachable", null);
    }
    if (state.get() instanceof BusState.Blocked(String reason, _)) {
      throw new BusUnavailable("the broker accepts no messages: " + reason, null);
    }
    return current;
  }

  private static AMQP.BasicProperties.Builder properties(String type, Instant sentAt) {
    return new AMQP.BasicProperties.Builder()
        .type(type)
        .appId("bandmaster")
        .contentType("application/jose")
        .timestamp(Date.from(sentAt))
        .deliveryMode(type.equals("reply") ? 2 : 1);
  }

  private final class RequestConsumer extends DefaultConsumer {
    RequestConsumer(Channel channel) {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
      var receipt = new DeliveryReceipt(getChannel(), envelope.getDeliveryTag());
      String place = "Receiving a request at " + self.node();
      // A handler of an earlier connection that has not returned yet is waited for.
      turn.lock();
      try {
        check(envelope, properties, body, receipt);
        faults.recovered(place);
      } catch (Throwable failed) {
        // Errors too: what escapes from here would leave the node connected and deaf.
        faults.failed(place, failed);
        if (envelope.isRedeliver()) {
          receipt.never();
        } else {
          receipt.again();
        }
      } finally {
        turn.unlock();
      }
    }

    @Override
    public void handleCancel(String consumerTag) {
      log.warn("The broker deleted a queue of {}; reconnecting", self.node());
      getChannel().getConnection().abort(0);
    }

    private void check(
        Envelope envelope, AMQP.BasicProperties properties, byte[] body, DeliveryReceipt receipt)
        throws BusUnavailable {
      switch (codec.open(body, BatchConsumer.hints(envelope, properties), self)) {
        case RequestVerdict.Genuine(Request request) -> {
          if (PresenceCall.is(request)) {
            enrolIfPossible();
          }
          hand(new Incoming.Genuine(request, envelope.isRedeliver(), receipt));
        }
        case RequestVerdict.Refused(
                String request,
                String replyTo,
                FinalCode code,
                String reason) ->
            hand(new Incoming.Refused(request, replyTo, code, reason, receipt));
        case RequestVerdict.Untrusted(RejectedMessage rejected) ->
            hand(new Incoming.Untrusted(rejected, receipt));
        case RequestVerdict.NotMeant notMeant -> receipt.done();
      }
    }

    /** A broker that rejects events is no reason to lose the request. */
    private void enrolIfPossible() {
      try {
        enrol();
      } catch (BusUnavailable e) {
        log.debug("{} does not announce its key: {}", self.node(), e.getMessage());
      }
    }

    private void hand(Incoming incoming) {
      RequestHandler current = handler;
      if (current == null) {
        throw new IllegalStateException(
            "no handler for the requests of " + self.node() + ": it was never started");
      }
      current.request(incoming);
    }
  }
}
