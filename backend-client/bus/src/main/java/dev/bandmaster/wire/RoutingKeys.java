package dev.bandmaster.wire;

import dev.bandmaster.model.AlertEvent;
import dev.bandmaster.model.Enrolment;
import dev.bandmaster.model.EventStamp;
import dev.bandmaster.model.NodeDescription;
import dev.bandmaster.model.NodeEvent;
import dev.bandmaster.model.PresenceEvent;
import dev.bandmaster.model.Target;
import dev.bandmaster.model.TargetReport;
import dev.bandmaster.model.WorkEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The routing keys of every message. A receiver makes the key again from the signed content and
 * compares.
 */
public final class RoutingKeys {
  private RoutingKeys() {}

  /** All nodes in an environment that offer a capability. */
  public static String broadcast(String collective, String env, String capability) {
    return key("b", collective, env, capability);
  }

  /** All nodes in an environment that run an app. */
  public static String appBroadcast(String collective, String env, String app) {
    return key("a", collective, env, app);
  }

  /** One node, now. */
  public static String node(String collective, String node) {
    return key("n", collective, node);
  }

  /** One node's inbox, for work that may wait. */
  public static String inbox(String collective, String node) {
    return key("q", collective, node);
  }

  /** Any one node that offers a capability. */
  public static String service(String collective, String capability) {
    return key("s", collective, capability);
  }

  /**
   * The keys by which a request may come to a node; the request came by one of them or is refused.
   */
  public static Set<String> of(Request request, String node) {
    String collective = request.collective();
    return switch (request.target()) {
      case Target.Broadcast(String env, String filter) ->
          Set.of(broadcast(collective, env, request.capability()));
      case Target.AppBroadcast(String env, String app) ->
          Set.of(appBroadcast(collective, env, app));
      case Target.AnyOne() -> Set.of(service(collective, request.capability()));
      case Target.Nodes(List<String> names) ->
          Set.of(
              switch (request.delivery()) {
                case LIVE -> node(collective, node);
                case QUEUE -> inbox(collective, node);
              });
    };
  }

  /** Every key under which requests for a node may arrive on its live queue. */
  public static Set<String> listenedTo(NodeDescription node) {
    var keys = new LinkedHashSet<String>();
    for (String env : List.of(node.env(), "")) {
      keys.add(broadcast(node.collective(), env, PresenceCall.CAPABILITY));
      for (String capability : node.capabilities()) {
        keys.add(broadcast(node.collective(), env, capability));
      }
      for (String app : node.apps().keySet()) {
        keys.add(appBroadcast(node.collective(), env, app));
      }
    }
    keys.add(node(node.collective(), node.node()));
    return keys;
  }

  public static String reply(String replyTo, TargetReport reply) {
    return key(replyTo, reply.request(), reply.node());
  }

  /** What a replica binds its reply queue with. */
  public static String repliesTo(String replyTo) {
    return KeyWord.of(replyTo) + ".#";
  }

  public static String event(NodeEvent event) {
    EventStamp stamp = event.stamp();
    return switch (event) {
      case PresenceEvent presence ->
          key("presence", stamp.env(), stamp.node(), EventJson.kind(event));
      case WorkEvent job -> key("job", job.request(), stamp.node(), job.kind().wireName());
      case AlertEvent alert -> key("alert", stamp.env(), alert.severity().wireName(), stamp.node());
      case Enrolment enrolment -> key("enroll", stamp.node());
    };
  }

  private static String key(String... words) {
    var encoded = new ArrayList<String>(words.length);
    for (String word : words) {
      encoded.add(KeyWord.of(word));
    }
    return String.join(".", encoded);
  }
}
