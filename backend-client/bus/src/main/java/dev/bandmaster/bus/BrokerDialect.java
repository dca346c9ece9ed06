package dev.bandmaster.bus;

import com.rabbitmq.client.AMQP;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Everything in which the two brokers differ, and nowhere else. */
enum BrokerDialect {
  /** Production: RabbitMQ 3.10 or newer. */
  RABBITMQ {
    @Override
    Map<String, Object> inbox(Duration longestWait, int mostMessages, String deadLetterExchange) {
      return Map.of(
          "x-message-ttl",
          longestWait.toMillis(),
          "x-max-length",
          mostMessages,
          "x-overflow",
          "reject-publish",
          "x-dead-letter-exchange",
          deadLetterExchange);
    }

    @Override
    Map<String, Object> abandonedAfter(Duration unused) {
      return Map.of("x-expires", unused.toMillis());
    }

    @Override
    Map<String, Object> sharedWork(Duration unused) {
      var arguments = new HashMap<>(abandonedAfter(unused));
      arguments.put("x-queue-type", "quorum");
      return arguments;
    }

    @Override
    boolean refusesWhatNobodyListensFor() {
      return false;
    }

    @Override
    AMQP.BasicProperties.Builder expiring(AMQP.BasicProperties.Builder properties, Duration ttl) {
      return properties.expiration(Long.toString(ttl.toMillis()));
    }
  },

  /**
   * The embedded broker, Apache Qpid Broker-J. It spells arguments its own way, has neither quorum
   * queues nor queues that expire, and takes a message's expiration for a moment on the clock
   * instead of a time span, which would lose the message at once. Nodes check the signed ttl
   * themselves, so the expiration is left out.
   */
  QPID {
    @Override
    Map<String, Object> inbox(Duration longestWait, int mostMessages, String deadLetterExchange) {
      return Map.of(
          "maximumMessageTtl", longestWait.toMillis(), "maximumQueueDepthMessages", mostMessages);
    }

    @Override
    Map<String, Object> abandonedAfter(Duration unused) {
      return Map.of();
    }

    @Override
    Map<String, Object> sharedWork(Duration unused) {
      return Map.of();
    }

    @Override
    boolean refusesWhatNobodyListensFor() {
      return true;
    }

    @Override
    AMQP.BasicProperties.Builder expiring(AMQP.BasicProperties.Builder properties, Duration ttl) {
      return properties;
    }
  };

  /**
   * Tells the broker by what it says of itself. A broker that is neither is spoken to like
   * RabbitMQ.
   */
  static BrokerDialect of(Map<String, Object> serverProperties) {
    String product = String.valueOf(serverProperties.get("product"));
    return product.toLowerCase(Locale.ROOT).contains("qpid") ? QPID : RABBITMQ;
  }

  /**
   * Arguments of a node's inbox: bounded in time and number; what falls out goes to the dead-letter
   * exchange.
   */
  abstract Map<String, Object> inbox(
      Duration longestWait, int mostMessages, String deadLetterExchange);

  /** Arguments of a queue that goes away when nobody used it for a while. */
  abstract Map<String, Object> abandonedAfter(Duration unused);

  /** Arguments of a queue whose messages must survive the loss of a broker's disk. */
  abstract Map<String, Object> sharedWork(Duration unused);

  /**
   * Whether a refusal (nack) of a mandatory message means that nobody listens. RabbitMQ returns
   * such a message first and then confirms it; the embedded broker refuses it first and then
   * returns it.
   */
  abstract boolean refusesWhatNobodyListensFor();

  /** Lets the broker throw the message away after its time. */
  abstract AMQP.BasicProperties.Builder expiring(
      AMQP.BasicProperties.Builder properties, Duration ttl);
}
