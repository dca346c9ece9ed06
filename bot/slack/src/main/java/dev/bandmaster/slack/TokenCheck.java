package dev.bandmaster.slack;

import com.slack.api.methods.response.auth.AuthTestResponse;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks Slack now and then whether it accepts the bot's token, since a bot to which nobody speaks
 * would not notice. It ends when the token is hopeless, or when it is closed.
 */
final class TokenCheck implements AutoCloseable {

  private final SlackIdentity identity;
  private final SlackCalls calls;
  private final TokenWatch watch;
  private final Duration every;
  private final Consumer<String> fatal;
  private final Thread thread = Thread.ofVirtual().name("slack-token").unstarted(this::run);

  /**
   * @param calls whose answers the watch sees
   * @param fatal called once, on the check's own thread, with the reason why the token is hopeless
   */
  TokenCheck(
      SlackIdentity identity,
      SlackCalls calls,
      TokenWatch watch,
      Duration every,
      Consumer<String> fatal) {
    this.identity = identity;
    this.calls = calls;
    this.watch = watch;
    this.every = every;
    this.fatal = fatal;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      var _ = identity.get();
      while (true) {
        var refusal = watch.refusal();
        if (refusal.isPresent() && refusal.get().hopeless()) {
          fatal.accept(refusal.get().reason());
          return;
        }
        Thread.sleep(every);
        // The watch sees the answer.
        var _ = calls.call("auth.test", Map.of(), AuthTestResponse.class);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
