package dev.bandmaster.core.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Rollout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * The SHA-256 of exactly what is to be done: action, application, environment, version, arguments,
 * nodes, steps, who asked and in which channel. Two jobs with the same digest do the same.
 */
public final class Digest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Digest() {}

  /** The digest, as 64 hexadecimal digits. */
  public static String of(Job job) {
    return of(job.right(), job.work(), job.asker(), job.place());
  }

  /** The digest of a job that is not made yet. */
  public static String of(
      Right right, Planned.Work work, UserRef requester, ConversationRef place) {
    return sha256(sorted(record(right, work, requester, place)).toString());
  }

  private static ObjectNode record(
      Right right, Planned.Work work, UserRef requester, ConversationRef place) {
    ObjectNode record = JSON.objectNode();
    record.put("action", right.permission());
    record.put("app", right.application());
    record.put("env", right.environment());
    record.put("version", work.subject().map(Planned.Subject::version).orElse(""));
    record.put("capability", work.capability() + "." + work.action());
    record.set("arguments", work.arguments());
    ArrayNode nodes = record.putArray("nodes");
    work.reach().nodes().forEach(nodes::add);
    record.set("rollout", rollout(work.rollout()));
    record.put("requester", requester.principal());
    record.put("channel", place.channel());
    return record;
  }

  private static ObjectNode rollout(Rollout rollout) {
    ObjectNode steps = JSON.objectNode();
    steps.put("canary", rollout.canary().toString());
    steps.put("batch", rollout.batch().toString());
    steps.put("pause_ms", rollout.pause().toMillis());
    steps.put("failures", rollout.failures().toString());
    rollout
        .check()
        .ifPresent(check -> {
          steps.put("check", check.capability() + "." + check.action());
          steps.set("check_arguments", check.arguments());
        });
    return steps;
  }

  /** The same value with the keys of all objects in order; the order of lists means something. */
  private static JsonNode sorted(JsonNode value) {
    if (value.isObject()) {
      ObjectNode object = JSON.objectNode();
      TreeSet<String> names = new TreeSet<>();
      value.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> object.set(name, sorted(value.path(name))));
      return object;
    }
    if (value.isArray()) {
      ArrayNode array = JSON.arrayNode();
      value.forEach(item -> array.add(sorted(item)));
      return array;
    }
    return value;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
