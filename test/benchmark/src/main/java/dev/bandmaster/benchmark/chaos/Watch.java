package dev.bandmaster.benchmark.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.socket.EnvelopeSeen;
import dev.bandmaster.testkit.Conversation;
import dev.bandmaster.testkit.ledger.Asked;
import dev.bandmaster.testkit.ledger.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sees in Slack what becomes of what was typed. */
final class Watch implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** What a job's message says of the nodes that succeeded. */
  private static final Pattern OK = Pattern.compile("\\bok (\\d+)");

  private static final String JOB = "job:";

  /** After this Slack has tried for the last time, and an envelope nobody took never comes. */
  private static final Duration DELIVERED_OR_NEVER = Duration.ofSeconds(36);

  private final SlackSimulator slack;
  private final Supplier<List<Typed>> typed;
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::run);

  Watch(SlackSimulator slack, Supplier<List<Typed>> typed) {
    this.slack = slack;
    this.typed = typed;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(LOOK_EVERY);
        for (Typed each : typed.get()) {
          if (!ends.containsKey(each.command()) && hasEnded(each)) {
            ends.put(each.command(), Instant.now());
          }
        }
      }
    } catch (InterruptedException e) {
      // Seen enough.
    }
  }

  private boolean hasEnded(Typed each) {
    return Conversation.endingOf(thread(each)).isPresent();
  }

  private List<SeenMessage> thread(Typed each) {
    return slack.thread(each.channel(), each.question());
  }

  /** Whether each of these has its end, or was never taken and never will be. */
  boolean isOver(List<Typed> commands) {
    Map<String, Boolean> acknowledged = acknowledged();
    Instant now = Instant.now();
    return commands.stream()
        .allMatch(each ->
            ends.containsKey(each.command())
                || (!isAcknowledged(acknowledged, each)
                    && each.at().plus(DELIVERED_OR_NEVER).isBefore(now)));
  }

  /** How many commands have their end. */
  int over() {
    return ends.size();
  }

  /** Those of these commands that have no end. */
  List<Typed> unfinished(List<Typed> commands) {
    return commands.stream().filter(each -> !ends.containsKey(each.command())).toList();
  }

  /** These commands for the ledger. */
  List<Asked> asked(List<Typed> commands) {
    Map<String, Boolean> acknowledged = acknowledged();
    return commands.stream()
        .map(each ->
            new Asked(
                each.command(), each.at(), isAcknowledged(acknowledged, each), each.targets()))
        .toList();
  }

  private static boolean isAcknowledged(Map<String, Boolean> acknowledged, Typed each) {
    return acknowledged.getOrDefault(each.question(), false);
  }

  /** By the timestamp of the question. */
  private Map<String, Boolean> acknowledged() {
    return slack.envelopes().stream()
        .filter(envelope -> envelope.payload().at("/event/type").asText().equals("message"))
        .collect(
            Collectors.toMap(
                envelope -> envelope.payload().at("/event/ts").asText(),
                Watch::isAcknowledged,
                Boolean::logicalOr));
  }

  private static boolean isAcknowledged(EnvelopeSeen envelope) {
    return envelope.acknowledged() != null;
  }

  /** What Slack shows of these commands now, for the ledger. */
  List<Shown> shown(List<Typed> commands) {
    return commands.stream().map(this::shown).toList();
  }

  private Shown shown(Typed each) {
    List<SeenMessage> answers = thread(each).stream().skip(1).toList();
    List<String> posts = answers.stream().map(Watch::identity).toList();
    int jobs = (int) posts.stream().filter(post -> post.startsWith(JOB)).distinct().count();
    int successes =
        answers.stream()
            .filter(answer -> identity(answer).startsWith(JOB))
            .mapToInt(Watch::successes)
            .max()
            .orElse(0);
    // Seen now and not only at some time: an end that is taken back is none.
    Optional<Instant> ended =
        hasEnded(each)
            ? Optional.of(ends.computeIfAbsent(each.command(), _ -> Instant.now()))
            : Optional.empty();
    return new Shown(each.command(), posts, jobs, ended, successes);
  }

  private static String identity(SeenMessage message) {
    JsonNode id = message.json().at("/metadata/event_payload/id");
    return id.isTextual() ? id.asText() : "message:" + message.ts();
  }

  private static int successes(SeenMessage message) {
    Matcher found = OK.matcher(message.shown());
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
