package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The last calls, oldest first. Safe for use by many threads. */
public final class CallLog {
  /** Enough for a long test, little enough for a simulator that runs for days. */
  private static final int KEPT = 10_000;

  private static final Pattern TOKEN = Pattern.compile("\\b(xox[a-z]|xapp)-[\\w-]+");
  private final Deque<Call> calls = new ArrayDeque<>();

  synchronized void add(Call call) {
    calls.addLast(call);
    if (calls.size() > KEPT) {
      calls.removeFirst();
    }
  }

  /** The calls that are still remembered, oldest first. */
  public synchronized List<Call> list() {
    return List.copyOf(calls);
  }

  /** Forgets all calls. */
  public synchronized void clear() {
    calls.clear();
  }

  /** The arguments with every token cut short. */
  static ObjectNode redact(ObjectNode arguments) {
    ObjectNode clean = arguments.deepCopy();
    for (var field : arguments.properties()) {
      JsonNode value = field.getValue();
      if (value.isTextual()) {
        clean.put(field.getKey(), TOKEN.matcher(value.asText()).replaceAll("$1-…"));
      }
    }
    return clean;
  }
}
