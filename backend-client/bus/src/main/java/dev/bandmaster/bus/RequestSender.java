package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.bandmaster.bus.ConfirmedChannel.Sending;
import dev.bandmaster.model.Target;
import dev.bandmaster.wire.BotCodec;
import dev.bandmaster.wire.Delivery;
import dev.bandmaster.wire.Request;
import dev.bandmaster.wire.RoutingKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests on one connection and says what became of them. Any thread. */
final class RequestSender {
  /**
   * Most nodes named in one message. A request for many nodes becomes several messages with the
   * same id, each signed for its own part, since a node only has to see that it is meant: naming
   * 10,000 nodes to each of 10,000 would be a gigabyte.
   */
  private static final int NODES_PER_MESSAGE = 64;

  private final ConfirmedChannel channel;
  private final Channel control;
  private final BrokerDialect dialect;
  private final Names names;
  private final BotCodec codec;

  /** How long a request takes at most, of however many nodes. */
  private final Duration longest;

  /** Reply addresses whose queue is known to be there. */
  private final Set<String> answerable = ConcurrentHashMap.newKeySet();

  RequestSender(
      Connection connection, BrokerDialect dialect, Names names, BotCodec codec, Duration longest)
      throws IOException {
    this.channel = new ConfirmedChannel(connection, dialect);
    this.control = Channels.vital(connection);
    this.dialect = dialect;
    this.names = names;
    this.codec = codec;
    this.longest = longest;
  }

  PublishResult send(Request request) {
    if (!channel.isOpen()) {
      return new PublishResult.NotSent("the connection to the broker just closed");
    }
    long deadline = System.nanoTime() + longest.toNanos();
    try {
      makeAnswerable(request.replyTo(), deadline);
    } catch (IOException | AlreadyClosedException e) {
      return new PublishResult.NotSent("the reply queue could not be declared");
    }
    return switch (request.target()) {
      case Target.Broadcast(String env, String filter) ->
          sendOne(
              request,
              RoutingKeys.broadcast(request.collective(), env, request.capability()),
              "no agent is listening for " + request.capability() + place(env),
              deadline);
      case Target.AppBroadcast(String env, String app) ->
          sendOne(
              request,
              RoutingKeys.appBroadcast(request.collective(), env, app),
              "no agent is listening for " + app + place(env),
              deadline);
      case Target.AnyOne() -> sendToAnyOne(request, deadline);
      case Target.Nodes(List<String> nodes) -> sendToNodes(request, nodes, deadline);
    };
  }

  /** For how long the broker has owed the oldest confirmation that it still owes. */
  Duration unconfirmedFor() {
    return channel.unconfirmedFor();
  }

  /** The broker discards replies without a queue. */
  private void makeAnswerable(String replyTo, long deadline) throws IOException {
    if (!answerable.contains(replyTo)) {
      declare(() -> Topology.replyQueue(control, names, dialect, replyTo), deadline);
      answerable.add(replyTo);
    }
  }

  /** Declares on a separate thread, since a broker that reads nothing never " + "answers. */
  private <T> T declare(Declaration<T> declaration, long deadline) throws IOException {
    var task =
        new FutureTask<T>(() -> {
          synchronized (control) {
            return declaration.run();
          }
        });
    Thread.ofVirtual().name("amqp-declare").start(task);
    try {
      return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw new IOException("the declaration failed", failed.getCause());
    } catch (TimeoutException late) {
      throw new IOException("the broker did not answer in time", late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @FunctionalInterface
  private interface Declaration<T> {
    T run() throws IOException;
  }

  private static String place(String env) {
    return env.isEmpty() ? "" : " in " + env;
  }

  private PublishResult sendOne(Request request, String routingKey, String nobody, long deadline) {
    return switch (publish(request, routingKey, codec.sign(request), deadline).await(deadline)) {
      case TAKEN -> new PublishResult.Sent(List.of());
      case RETURNED -> new PublishResult.Unroutable(nobody);
      case REFUSED -> new PublishResult.NotSent("the broker refused the request: a queue is full");
      case UNKNOWN -> unknown();
      case NOT_SENT -> notSent();
    };
  }

  /**
   * The queue of a service outlives its nodes, so the broker never returns such a request: its
   * consumers are counted.
   */
  private PublishResult sendToAnyOne(Request request, long deadline) {
    String nobody = "no node offers " + request.capability() + " now";
    try {
      int consumers =
          declare(
              () ->
                  Services.declare(
                      control, names, dialect, request.collective(), request.capability()),
              deadline);
      return consumers == 0
          ? new PublishResult.Unroutable(nobody)
          : sendOne(
              request,
              RoutingKeys.service(request.collective(), request.capability()),
              nobody,
              deadline);
    } catch (IOException | AlreadyClosedException e) {
      return new PublishResult.NotSent(
          "the queue for " + request.capability() + " could not be declared");
    }
  }

  private PublishResult sendToNodes(Request request, List<String> nodes, long deadline) {
    Map<String, Sending> sendings = new LinkedHashMap<>();
    for (int from = 0; from < nodes.size(); from += NODES_PER_MESSAGE) {
      List<String> part = nodes.subList(from, Math.min(nodes.size(), from + NODES_PER_MESSAGE));
      byte[] signed = codec.sign(request.withTarget(new Target.Nodes(part)));
      for (String node : part) {
        String key =
            switch (request.delivery()) {
              case LIVE -> RoutingKeys.node(request.collective(), node);
              case QUEUE -> RoutingKeys.inbox(request.collective(), node);
            };
        sendings.put(node, publish(request, key, signed, deadline));
      }
    }
    return combined(sendings, deadline);
  }

  private static PublishResult combined(Map<String, Sending> sendings, long deadline) {
    var absent = new ArrayList<String>();
    boolean uncertain = false;
    int kept = 0;
    for (Map.Entry<String, Sending> entry : sendings.entrySet()) {
      switch (entry.getValue().await(deadline)) {
        case TAKEN -> {}
        case RETURNED, REFUSED -> absent.add(entry.getKey());
        case UNKNOWN -> uncertain = true;
        case NOT_SENT -> kept++;
      }
    }
    if (kept == sendings.size()) {
      return notSent();
    }
    if (uncertain || kept > 0) {
      return unknown();
    }
    if (absent.size() < sendings.size()) {
      return new PublishResult.Sent(absent);
    }
    return new PublishResult.Unroutable(
        absent.size() == 1
            ? absent.getFirst() + " is not listening"
            : "none of the " + absent.size() + " nodes is listening");
  }

  private static PublishResult unknown() {
    return new PublishResult.Unknown("the broker did not confirm the request");
  }

  private static PublishResult notSent() {
    return new PublishResult.NotSent("the broker accepts no messages now");
  }

  private Sending publish(Request request, String routingKey, byte[] signed, long deadline) {
    var properties =
        new AMQP.BasicProperties.Builder()
            .messageId(request.id())
            .correlationId(request.id())
            .replyTo(request.replyTo())
            .timestamp(Date.from(request.sentAt()))
            .type("request")
            .appId("bandmaster")
            .contentType("application/jose")
            .deliveryMode(
                request.delivery() == Delivery.QUEUE || request.target() instanceof Target.AnyOne
                    ? 2
                    : 1);
    return channel.publish(
        names.requests(),
        routingKey,
        true,
        dialect.expiring(properties, request.ttl()),
        signed,
        deadline);
  }
}
