package dev.bandmaster.engine.api;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Ids;
import dev.bandmaster.core.store.Inbox;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.inbox.InboxWorker;
import dev.bandmaster.engine.pipeline.CommandRequest;
import dev.bandmaster.engine.pipeline.CommandResult;
import dev.bandmaster.engine.pipeline.Confirm;
import dev.bandmaster.engine.pipeline.Pipeline;
import dev.bandmaster.plugin.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Commands and questions that come by the API. A command takes the way of every other: it is kept
 * in the inbox, handled in its turn, and its answer is what the outbox keeps; so a repeated request
 * and a restart between question and answer change nothing. Safe for use by many threads.
 */
public final class ApiCommands {

  /** How often it is looked whether a command is decided. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Store store;
  private final InboxWorker inbox;
  private final Pipeline pipeline;
  private final Function<Job, Message> picture;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * Makes it.
   *
   * @param picture the message of a job
   * @param patience how long a request waits for its decision
   */
  public ApiCommands(
      Store store,
      InboxWorker inbox,
      Pipeline pipeline,
      Function<Job, Message> picture,
      Duration patience,
      InstantSource clock) {
    this.store = store;
    this.inbox = inbox;
    this.pipeline = pipeline;
    this.picture = picture;
    this.patience = patience;
    this.clock = clock;
  }

  /**
   * Takes a command and waits for what becomes of it.
   *
   * @param key the same for a repeated request; empty for one that is not repeated
   * @param confirmed whether the caller says that it is meant
   * @throws dev.bandmaster.core.store.StoreUnavailable if it cannot be kept or looked for now
   */
  public ApiAnswer submit(
      ApiCaller caller, String origin, Optional<String> key, String text, boolean confirmed)
      throws InterruptedException {
    String request = Ids.next(clock.instant());
    String dedupe = dedupeKey(caller, key.orElse(request));
    inbox.take(
        dedupe, ApiItem.KIND, origin, ApiItem.write(caller.user(), request, text, confirmed));
    Instant end = clock.instant().plus(patience);
    while (true) {
      Inbox.Progress progress = store.inbox().progress(dedupe).orElseThrow();
      var kept = ApiItem.read(progress.item().payload());
      if (!kept.text().equals(text) || kept.confirmed() != confirmed) {
        return new ApiAnswer.OtherCommand();
      }
      if (progress.handled()) {
        return answer(progress);
      }
      if (!clock.instant().isBefore(end)) {
        return new ApiAnswer.Pending(progress.item().id());
      }
      Thread.sleep(LOOK);
    }
  }

  /**
   * What became of a command that a caller gave with a key; empty if it is not kept, or another
   * caller gave it.
   *
   * @throws dev.bandmaster.core.store.StoreUnavailable if it cannot be looked for now
   */
  public Optional<ApiAnswer> find(ApiCaller caller, String key) {
    return store
        .inbox()
        .progress(dedupeKey(caller, key))
        .map(progress ->
            progress.handled() ? answer(progress) : new ApiAnswer.Pending(progress.item().id()));
  }

  private static String dedupeKey(ApiCaller caller, String key) {
    return "api:%s:%s".formatted(caller.principal(), ApiSecrets.hash(key));
  }

  /**
   * Whether a caller may have the answer to a question, as the policy says of the command that asks
   * it; kept in the audit.
   *
   * @return why not
   */
  public Optional<CommandResult.Refused> check(ApiCaller caller, String origin, String question) {
    Instant now = clock.instant();
    String id = Ids.next(now);
    Pipeline.Checked checked =
        pipeline.check(
            new CommandRequest(
                id,
                caller.user(),
                ConversationRef.api(id),
                Optional.empty(),
                question,
                question,
                now,
                CommandRequest.Manner.TYPED));
    store.commit(new Change.AppendAudit(checked.audit().cameIn(origin)));
    return checked.refusal();
  }

  private ApiAnswer answer(Inbox.Progress progress) {
    String id = progress.item().id();
    if (progress.abandoned()) {
      return new ApiAnswer.Decided(
          id,
          "refused",
          OptionalLong.empty(),
          "Internal error, nothing was done. Tell the bot's operators: error " + id + ".",
          Optional.empty());
    }
    String[] outcome = progress.outcome().split(" ", 2);
    OptionalLong number =
        outcome.length == 2 ? OptionalLong.of(Long.parseLong(outcome[1])) : OptionalLong.empty();
    Optional<Message> message =
        shown("answer:" + id)
            .or(() ->
                number.isPresent()
                    ? store.jobs().byNumber(number.getAsLong()).map(picture)
                    : Optional.empty());
    return new ApiAnswer.Decided(
        id,
        outcome[0],
        number,
        message.map(PlainText::of).orElse(""),
        message.flatMap(ApiCommands::confirm));
  }

  private Optional<Message> shown(String item) {
    return store
        .outbox()
        .content(item)
        .flatMap(content ->
            content instanceof Outbound.ChannelMessage shown
                ? Optional.of(shown.message())
                : Optional.empty());
  }

  /** The command behind the button that confirms. */
  private static Optional<String> confirm(Message message) {
    return message.blocks().stream()
        .filter(Message.Buttons.class::isInstance)
        .map(Message.Buttons.class::cast)
        .flatMap(buttons -> buttons.buttons().stream())
        .filter(button -> button.action().equals(Confirm.ACTION))
        .map(Message.Button::value)
        .findFirst();
  }
}
