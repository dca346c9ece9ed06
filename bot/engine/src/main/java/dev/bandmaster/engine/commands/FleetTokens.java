package dev.bandmaster.engine.commands;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.EnrolmentToken;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.api.OneTimeMessages;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code fleet token}: tokens with which the nodes of one environment join without a person. A
 * token is shown once, in direct messages, and stored as a hash.
 */
public final class FleetTokens {
  private static final Duration STANDARD_LIFE = Duration.ofHours(1);

  /** Who has the token can add nodes: it is for one sitting, or for one image. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(90);

  private static final int MOST_USES = 10_000;

  /** Valid tokens at a time; more are a sign that nobody looks after them. */
  private static final int MOST_TOKENS = 50;

  /** Random bytes of a token. */
  private static final int BYTES = 32;

  private final Store store;
  private final OneTimeMessages secrets;
  private final Consumer<byte[]> random;
  private final InstantSource clock;

  /**
   * @param random fills an array with bytes that nobody can guess
   */
  public FleetTokens(
      Store store, OneTimeMessages secrets, Consumer<byte[]> random, InstantSource clock) {
    this.store = store;
    this.secrets = secrets;
    this.random = random;
    this.clock = clock;
  }

  /** Whose nodes the token of that number lets in, if there is one. */
  Optional<String> environmentOf(String number) {
    return number(number)
        .flatMap(store.enrolmentTokens()::byNumber)
        .map(EnrolmentToken::environment);
  }

  Outcome of(Asker asker, Arguments arguments) {
    return switch (arguments.find("node").orElse("")) {
      case "create" -> create(asker, arguments);
      case "list" -> list();
      case "revoke" -> revoke(arguments.find("fingerprint").orElse(""));
      default ->
          new Outcome.Refused(
              "What about tokens? `fleet token create --env staging --uses 50 --expires 2h`, `fleet token list` or `fleet token revoke 3`.");
    };
  }

  private Outcome create(Asker asker, Arguments arguments) {
    if (asker.place().kind() != ConversationRef.Kind.DIRECT) {
      return new Outcome.Refused(
          "A token is shown in direct messages only, where nobody else reads it. Send me `fleet token create` there.");
    }
    Optional<String> environment = arguments.find("env");
    if (environment.isEmpty()) {
      return new Outcome.Refused(
          "Whose nodes is the token for? `fleet token create --env staging --uses 50 --expires 2h`.");
    }
    Optional<Long> uses =
        arguments.find("uses").isEmpty() ? Optional.of(1L) : number(arguments.word("uses"));
    if (uses.filter(count -> count >= 1 && count <= MOST_USES).isEmpty()) {
      return new Outcome.Refused(
          "A token lets in 1 to %,d nodes: `--uses 50`.".formatted(MOST_USES));
    }
    Duration life = arguments.span("expires").orElse(STANDARD_LIFE);
    if (life.compareTo(LONGEST_LIFE) > 0) {
      return new Outcome.Refused(
          "A token is valid for at most %d days.".formatted(LONGEST_LIFE.toDays()));
    }
    Instant now = clock.instant();
    if (store.enrolmentTokens().valid(now, MOST_TOKENS).size() >= MOST_TOKENS) {
      return new Outcome.Refused(
          "There are %d valid tokens already. Revoke one first: `fleet token list`, `fleet token revoke 3`."
              .formatted(MOST_TOKENS));
    }
    byte[] bytes = new byte[BYTES];
    random.accept(bytes);
    String text = "bme_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    EnrolmentToken token =
        new EnrolmentToken(
            store.enrolmentTokens().nextNumber(),
            EnrolmentToken.hash(text),
            environment.get(),
            asker.person().sender().principal(),
            asker.person().name(),
            now,
            now.plus(life),
            uses.get().intValue(),
            0,
            Optional.empty());
    Message kept =
        Message.sentence(
            OneTimeMessages.LOST
                + ", because the bot ended before it could be shown. Revoke it, then make another: `fleet token revoke %d`."
                    .formatted(token.number()));
    secrets.send(kept, shown(token, text));
    return new Outcome.Done(kept, List.of(new Change.CreateEnrolmentToken(token)));
  }

  private static Message shown(EnrolmentToken token, String text) {
    return Message.of(
        new Message.Paragraph(
            Text.plain("Enrolment token %d lets ".formatted(token.number()))
                .bold(nodes(token.uses()))
                .and(" of ")
                .bold(token.environment())
                .and(" join until ")
                .moment(token.expires())
                .and(":")),
        new Message.Preformatted(text),
        new Message.Footnote(
            Text.sentence(
                "It is shown only now, and anyone who has it can add nodes: put it into `enrolment_token_file` of the agents, then delete this message. To revoke it: `fleet token revoke %d`."
                    .formatted(token.number()))));
  }

  private static String nodes(int number) {
    return number == 1 ? "1 node" : number + " nodes";
  }

  private Outcome list() {
    List<EnrolmentToken> tokens = store.enrolmentTokens().valid(clock.instant(), MOST_TOKENS);
    if (tokens.isEmpty()) {
      return Outcome.done(
          "No valid enrolment tokens. To make one: `fleet token create --env staging --uses 50 --expires 2h`.");
    }
    List<Message.Block> blocks = new ArrayList<>();
    tokens.forEach(token ->
        blocks.add(
            new Message.Paragraph(
                Text.EMPTY
                    .bold(Long.toString(token.number()))
                    .and(
                        " for %s, by %s, used %d of %d times, valid until "
                            .formatted(
                                token.environment(),
                                token.creatorName(),
                                token.used(),
                                token.uses()))
                    .moment(token.expires()))));
    return new Outcome.Done(new Message(blocks), List.of());
  }

  private Outcome revoke(String number) {
    return number(number)
        .flatMap(store.enrolmentTokens()::byNumber)
        .filter(token -> token.revoked().isEmpty())
        .<Outcome>map(token ->
            Outcome.done(
                "Enrolment token %d (%s) is revoked. It lets nobody in any more; the %s that came in by it stay."
                    .formatted(token.number(), token.environment(), nodes(token.used())),
                new Change.RevokeEnrolmentToken(token.number(), clock.instant())))
        .orElseGet(
            () -> new Outcome.Refused("There is no such token. To list them: `fleet token list`."));
  }

  private static Optional<Long> number(String word) {
    return word.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(word)) : Optional.empty();
  }
}
