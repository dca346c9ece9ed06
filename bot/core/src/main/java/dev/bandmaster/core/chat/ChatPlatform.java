package dev.bandmaster.core.chat;

import dev.bandmaster.acl.IdSyntax;
import dev.bandmaster.plugin.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The chat service, as far as the bot needs one. Nothing else of the bot knows which service it is.
 * Safe for use by many threads.
 *
 * <p>A platform opens whether or not its service can be reached, and connects by itself once it is
 * started. Only what no waiting can fix is reported as fatal.
 */
public interface ChatPlatform extends AutoCloseable {

  /** The service's name, for people. */
  String name();

  /** The name in metrics and on the health page. */
  default String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What ids look like here. */
  IdSyntax ids();

  /** Sends, updates and deletes. */
  Chat chat();

  /** Whether a message is within the service's limits; of one that is not, the end is left out. */
  boolean fits(Message message);

  /** When something may be sent. */
  RateLimiter limits();

  /** Puts dialogs on people's screens. */
  Dialogs dialogs();

  /** Looks people up, from a cache where possible. */
  Directory directory();

  /** Looks people, groups and conversations up where the age of the answer matters. */
  FreshDirectory freshDirectory();

  /** Says what a stored envelope means. */
  Interpreter interpreter();

  /** Whether envelopes can arrive now. */
  ChatHealth health();

  /**
   * Why the service takes nothing from the bot until somebody does something about it, as a
   * sentence; empty if it does. As long as it is there, no work that was asked for in the chat is
   * started: nobody would be told how it went.
   */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /** What is counted, beside what every platform has. */
  List<ChatFigure> figures();

  /** Starts to connect and returns at once; from now on envelopes reach the sink. */
  void start();

  /** Receives no more, after the envelopes that have arrived are stored. Sending still works. */
  void stopReceiving() throws IOException;

  @Override
  void close() throws IOException;

  /** Says what was received. Never throws for anything that an envelope contains. */
  @FunctionalInterface
  interface Interpreter {
    /**
     * Says what an envelope means.
     *
     * @param envelope as the platform gave it to the {@link EnvelopeSink}
     */
    DeliveryMeaning interpret(String envelope);
  }

  /** What a platform reports to the bot. */
  interface Listener {

    /** An envelope was stored and acknowledged this long after it was received. */
    void acknowledged(Duration took);

    /**
     * The service refuses this bot as it is configured, for good; the reason says how to fix it.
     */
    void fatal(String reason);

    /** A listener of two functions. */
    static Listener of(Consumer<Duration> acknowledged, Consumer<String> fatal) {
      return new Listener() {
        @Override
        public void acknowledged(Duration took) {
          acknowledged.accept(took);
        }

        @Override
        public void fatal(String reason) {
          fatal.accept(reason);
        }
      };
    }
  }

  /**
   * What a platform is given by the bot.
   *
   * @param sink where envelopes are stored before they are acknowledged
   * @param triggers which dialogs there are
   */
  record Context(
      EnvelopeSink sink,
      DialogTriggers triggers,
      Listener listener,
      InstantSource clock,
      RandomGenerator random) {}

  /** Makes a platform. */
  interface Factory {

    /** What ids look like there; needed to read the policy, before there is a platform. */
    IdSyntax ids();

    /** Assembles a platform; {@link ChatPlatform#start} connects it. */
    ChatPlatform open(Context context);
  }
}
