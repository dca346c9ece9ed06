package dev.bandmaster.demo.console;

import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Prints what the bot sends, and remembers it to tell when a question is answered. */
final class ConsoleScreen implements Chat {

  private static final String GOOD = "white_check_mark";
  private static final Set<String> FINAL_MARKS = Set.of(GOOD, "x");

  /** The last redraw of a job's message may come after the mark under the question. */
  private static final List<String> UNFINISHED = List.of("⏳ ", "▶️ ");

  private final ConsoleText text;
  private final Consumer<String> printer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Shown> messages = new HashMap<>();
  private final Map<String, String> marks = new HashMap<>();
  private long lastId;

  /**
   * A message that was printed.
   *
   * @param question the first message of its thread, or empty outside of threads
   */
  private record Shown(String question, String text) {}

  ConsoleScreen(ConsoleText text, Consumer<String> printer) {
    this.text = text;
    this.printer = printer;
  }

  /** The id of the next message, which is larger than those before. */
  String nextId() {
    lock.lock();
    try {
      return "%08d".formatted(++lastId);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Sent send(String id, Outbound item, Optional<String> previous, boolean uncertain) {
    lock.lock();
    try {
      String shown = show(item, previous);
      changed.signalAll();
      return new Sent.Done(shown);
    } finally {
      lock.unlock();
    }
  }

  private String show(Outbound item, Optional<String> previous) {
    return switch (item) {
      case Outbound.ChannelMessage shown ->
          print(shown.place(), "", text.of(shown.message()), previous);
      case Outbound.Ephemeral(ConversationRef place, var _, Message message) ->
          print(place, "(only you) ", text.of(message), Optional.empty());
      case Outbound.FileAttachment file ->
          print(
              file.place(),
              "",
              "[file " + file.name() + "] " + file.title() + "\n" + file.content(),
              Optional.empty());
      case Outbound.Reaction reaction -> {
        marks.put(reaction.timestamp(), reaction.emoji());
        yield "";
      }
      case Outbound.ThreadReply below -> show(below.reply(), previous);
      case Outbound.HomeTab _, Outbound.Heartbeat _ -> "";
    };
  }

  /** Prints a message unless it is there and reads the same already. */
  private String print(
      ConversationRef place, String prefix, String content, Optional<String> previous) {
    String id = previous.filter(messages::containsKey).orElseGet(this::nextId);
    Shown shown = new Shown(place.thread().orElse(""), content);
    if (!shown.equals(messages.put(id, shown))) {
      String where =
          place.kind() == ConversationRef.Kind.DIRECT ? "" : text.channel(place.channel()) + " ";
      printer.accept(where + "bandmaster: " + prefix + content);
    }
    return id;
  }

  @Override
  public void retract(String channel, String timestamp) {
    lock.lock();
    try {
      messages.remove(timestamp);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a question has its final mark and an answer that goes on no more.
   *
   * @return whether the mark says that all went well; empty if there was none in time
   */
  Optional<Boolean> awaitEnd(String question, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (!isAnswered(question)) {
        if (nanos <= 0) {
          return Optional.empty();
        }
        nanos = changed.awaitNanos(nanos);
      }
      return Optional.of(GOOD.equals(marks.get(question)));
    } finally {
      lock.unlock();
    }
  }

  private boolean isAnswered(String question) {
    List<String> answers =
        messages.values().stream()
            .filter(shown -> shown.question().equals(question))
            .map(Shown::text)
            .toList();
    return FINAL_MARKS.contains(marks.getOrDefault(question, ""))
        && !answers.isEmpty()
        && answers.stream().noneMatch(answer -> UNFINISHED.stream().anyMatch(answer::startsWith));
  }
}
