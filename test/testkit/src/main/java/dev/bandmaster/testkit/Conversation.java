package dev.bandmaster.testkit;

import dev.bandmaster.simulator.SlackSimulator;
import dev.bandmaster.simulator.control.SeenMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A person's conversation with the bot, a question and its thread at a time. */
public final class Conversation {

  /** The marks by which the bot says that a question is dealt with. */
  private static final Set<String> FINAL_MARKS = Set.of("white_check_mark", "x");

  /** Between the bot's mark and the last redraw of its message lie two calls that race. */
  private static final List<String> UNFINISHED_SIGNS = List.of("⏳ ", "▶️ ");

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final SlackSimulator slack;
  private final String person;
  private final String channel;

  /**
   * Makes a conversation.
   *
   * @param person who speaks, by name or id
   * @param channel where, by name or id; {@code @ann} is ann's DM with the bot
   */
  public Conversation(SlackSimulator slack, String person, String channel) {
    this.slack = slack;
    this.person = person;
    this.channel = channel;
  }

  /** A person's DM with the bot. */
  public static Conversation direct(SlackSimulator slack, String person) {
    return new Conversation(slack, person, "@" + person);
  }

  /**
   * What became of a question.
   *
   * @param thread the question, and all that was answered, also to the person alone
   * @param mark the reaction the bot left: {@code white_check_mark} or {@code x}
   */
  public record Ending(List<SeenMessage> thread, String mark) {
    /** Whether the bot says that all went well. */
    public boolean isGood() {
      return mark.equals("white_check_mark");
    }

    /** The answers without the question, as a person reads them. */
    public String answer() {
      return String.join("\n", thread.stream().skip(1).map(SeenMessage::shown).toList());
    }
  }

  /** Says a line and waits for its end; empty when there is none in time. */
  public Optional<Ending> say(String text, Duration patience) throws InterruptedException {
    return await(slack.say(person, channel, text), patience);
  }

  /** Waits for the end of a question that was asked before. */
  public Optional<Ending> await(String question, Duration patience) throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (Instant.now().isBefore(end)) {
      Optional<Ending> ending = endingOf(seen(question));
      if (ending.isPresent()) {
        return ending;
      }
      Thread.sleep(LOOK_EVERY);
    }
    return Optional.empty();
  }

  /** The thread, and what the bot has told this person alone in the channel since the question. */
  private List<SeenMessage> seen(String question) {
    return Stream.concat(
            slack.thread(channel, question).stream(),
            slack.people().messages(channel, null, person).stream()
                .filter(message -> message.ephemeralTo() != null)
                .filter(message -> message.ts().compareTo(question) > 0))
        .toList();
  }

  /**
   * The end that a thread shows; empty as long as it shows none.
   *
   * @param thread the question first
   */
  public static Optional<Ending> endingOf(List<SeenMessage> thread) {
    Optional<String> mark =
        thread.stream()
            .findFirst()
            .flatMap(first -> first.reactions().stream().filter(FINAL_MARKS::contains).findFirst());
    return mark.filter(_ -> thread.size() > 1 && isSettled(thread))
        .map(found -> new Ending(thread, found));
  }

  private static boolean isSettled(List<SeenMessage> thread) {
    return thread.stream()
        .skip(1)
        .map(SeenMessage::shown)
        .noneMatch(text -> UNFINISHED_SIGNS.stream().anyMatch(text::startsWith));
  }
}
