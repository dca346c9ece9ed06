package dev.bandmaster.slack;

import com.slack.api.methods.MethodsClient;
import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.EnvelopeSink;
import dev.bandmaster.plugin.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import okhttp3.OkHttpClient;

/**
 * Everything between the bot and Slack, put together and running. Safe for use by many threads.
 *
 * <p>It opens whether or not Slack can be reached: what comes later is taken in later. Only what no
 * waiting fixes is reported as fatal.
 */
public final class SlackConnection implements AutoCloseable {

  /** The first pause between two looks at an uploaded file. */
  private static final Duration FILE_PAUSE = Duration.ofMillis(300);

  private final OkHttpClient http;
  private final SocketClient socket;
  private final SlackDirectory directory;
  private final SlackInterpreter interpreter;
  private final Chat chat;
  private final Dialogs dialogs;
  private final SlackRateLimiter budget;
  private final TokenWatch botToken;
  private final TokenCheck check;
  private final IgnoredCounts ignored = new IgnoredCounts();

  private SlackConnection(
      SlackSettings settings,
      EnvelopeSink sink,
      DialogTriggers prompts,
      ChatPlatform.Listener listener,
      InstantSource clock,
      RandomGenerator random) {
    this.http = SlackHttp.client(settings.callTimeout());
    MethodsClient methods = SlackHttp.methods(http, settings.api());
    TokenPatience patience = settings.patience();
    this.botToken = new TokenWatch("the bot token", FatalErrors::isOfToken, patience, clock);
    TokenWatch appToken =
        new TokenWatch(
            "the app-level token", error -> FatalErrors.remedy(error).isPresent(), patience, clock);
    SlackCalls bot = new SlackCalls(methods, settings::botToken, clock, botToken);
    SlackCalls app = new SlackCalls(methods, settings::appToken, clock, appToken);
    MessageSearch search = new MessageSearch(bot);
    SlackIdentity identity = new SlackIdentity(bot);
    this.directory = new SlackDirectory(bot, identity, clock);
    this.dialogs = new SlackDialogs(bot);
    ModalOpener prompter = new ModalOpener(prompts, dialogs);
    this.interpreter = new SlackInterpreter(identity, directory, prompter, ignored, botToken);
    this.check = new TokenCheck(identity, bot, botToken, patience.check(), listener::fatal);
    this.chat =
        new SlackChat(
            bot,
            search,
            new FileUpload(bot, http, search, FILE_PAUSE),
            new BlockSupport(settings.blocks(), clock));
    this.budget = new SlackRateLimiter(clock);
    this.socket =
        new SocketClient(
            new SocketOpener(app),
            http,
            settings.timings(),
            clock,
            random,
            listener::acknowledged,
            () -> appToken.refusal().map(TokenWatch.Refusal::hopeless).orElse(true),
            listener::fatal);
    socket.addWebSocketMessageListener(new EnvelopeReceiver(socket, sink, prompter, ignored));
  }

  /**
   * Puts the parts together; {@link #start} connects.
   *
   * @param prompts which dialogs there are
   */
  public static SlackConnection open(
      SlackSettings settings,
      EnvelopeSink sink,
      DialogTriggers prompts,
      ChatPlatform.Listener listener,
      InstantSource clock,
      RandomGenerator random) {
    return new SlackConnection(settings, sink, prompts, listener, clock, random);
  }

  /** Starts to connect and returns at once; from now on envelopes reach the sink. */
  public void start() {
    socket.connect();
    check.start();
  }

  /** Why Slack takes nothing from the bot until somebody does something; empty if it does. */
  Optional<String> refusal() {
    return botToken.refusal().map(TokenWatch.Refusal::reason);
  }

  /** Whether a message is within Slack's limits; of one that is not, the end is left out. */
  public static boolean holds(Message message) {
    return BlockKit.holds(message);
  }

  /** The way out. */
  public Chat chat() {
    return chat;
  }

  /** What is put on people's screens. */
  public Dialogs dialogs() {
    return dialogs;
  }

  /** When the way out may be used. */
  public SlackRateLimiter budget() {
    return budget;
  }

  /** What stored envelopes mean. */
  public SlackInterpreter interpreter() {
    return interpreter;
  }

  /** How often something that Slack delivered led to nothing for this reason. */
  public long ignored(IgnoredReason reason) {
    return ignored.of(reason);
  }

  /** Who people are. */
  public SlackDirectory directory() {
    return directory;
  }

  /** How the way in is doing. */
  public SocketHealth health() {
    return socket.health();
  }

  /** Stops to take envelopes in, after those that have arrived are stored. The way out stays. */
  public void stopReceiving() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    check.close();
    stopReceiving();
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }
}
