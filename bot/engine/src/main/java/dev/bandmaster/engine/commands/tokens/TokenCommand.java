package dev.bandmaster.engine.commands.tokens;

import dev.bandmaster.core.chat.ConversationRef;
import dev.bandmaster.core.job.Right;
import dev.bandmaster.core.store.ApiToken;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import dev.bandmaster.engine.api.ApiSecrets;
import dev.bandmaster.engine.api.OneTimeMessages;
import dev.bandmaster.engine.pipeline.Asker;
import dev.bandmaster.engine.pipeline.Command;
import dev.bandmaster.engine.pipeline.Command.Outcome;
import dev.bandmaster.engine.pipeline.Numbers;
import dev.bandmaster.plugin.Arguments;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Parameter;
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
 * {@code token create}, {@code token list} and {@code token revoke}: a person's tokens for the API.
 * A token has the rights of the person who made it, where the policy says {@code api}; nobody can
 * make one for another person. It is shown once, in direct messages, and stored as a hash.
 */
public final class TokenCommand implements Command.ActionHandler {

  /** The right to list and revoke the tokens of others. */
  public static final String OTHERS = "token:others";

  private static final String CREATE = "create";
  private static final String LIST = "list";
  private static final String REVOKE = "revoke";

  private static final Duration STANDARD_LIFE = Duration.ofDays(90);
  private static final Duration LONGEST_LIFE = Duration.ofDays(366);

  /** Valid tokens of one person; more are a sign that old ones are not revoked. */
  private static final int MOST = 20;

  private static final int LONGEST_LABEL = 80;
  private static final int SHOWN = 50;

  /** Random bytes of a token. */
  private static final int BYTES = 32;

  static final CommandDeclaration DECLARATION =
      new CommandDeclaration(
          "token",
          List.of(),
          "manages your tokens for the API and the command line",
          List.of(
              Parameter.positional(
                  "action",
                  new Parameter.Type.Choice(List.of(CREATE, LIST, REVOKE)),
                  "create, list or revoke"),
              Parameter.positional("number", new Parameter.Type.Job(), "the token's number")
                  .optional(),
              Parameter.named("for", new Parameter.Type.Word(), "what the token is for"),
              Parameter.named(
                  "expires", new Parameter.Type.Span(), "for how long it is valid (default: 90d)"),
              Parameter.flag("all", "list the tokens of everybody")),
          List.of("token create --for laptop --expires 30d", "token list", "token revoke 3"),
          CommandTraits.STANDARD);

  private final Store store;
  private final OneTimeMessages secrets;
  private final Consumer<byte[]> random;
  private final InstantSource clock;

  private TokenCommand(
      Store store, OneTimeMessages secrets, Consumer<byte[]> random, InstantSource clock) {
    this.store = store;
    this.secrets = secrets;
    this.random = random;
    this.clock = clock;
  }

  /**
   * The command.
   *
   * @param random fills an array with bytes that nobody can guess
   */
  public static Command of(
      Store store, OneTimeMessages secrets, Consumer<byte[]> random, InstantSource clock) {
    return new Command.ActionCommand(DECLARATION, new TokenCommand(store, secrets, random, clock));
  }

  /** The tokens of others need a right of their own. */
  @Override
  public Right right(String permission, Arguments arguments) {
    boolean others = arguments.has("all");
    return new Right(others ? OTHERS : permission, "", "");
  }

  @Override
  public Outcome of(Asker asker, Arguments arguments) {
    return switch (arguments.word("action")) {
      case CREATE -> create(asker, arguments);
      case LIST -> list(asker, arguments);
      default -> revoke(asker, arguments);
    };
  }

  private Outcome create(Asker asker, Arguments arguments) {
    if (asker.place().kind() != ConversationRef.Kind.DIRECT) {
      return new Outcome.Refused(
          "A token is shown in direct messages only, where nobody else reads it. Send me `token create` there.");
    }
    String label = arguments.find("for").orElse("");
    if (label.isBlank() || label.length() > LONGEST_LABEL) {
      return new Outcome.Refused(
          "What is the token for? Say it in at most %d characters, for example `%s`."
              .formatted(LONGEST_LABEL, DECLARATION.examples().getFirst()));
    }
    Duration life = arguments.span("expires").orElse(STANDARD_LIFE);
    if (life.compareTo(LONGEST_LIFE) > 0) {
      return new Outcome.Refused(
          "A token is valid for at most %d days.".formatted(LONGEST_LIFE.toDays()));
    }
    String owner = asker.person().sender().principal();
    Instant now = clock.instant();
    long valid =
        store.apiTokens().of(owner, SHOWN).stream().filter(token -> token.isValid(now)).count();
    if (valid >= MOST) {
      return new Outcome.Refused(
          "You have %d tokens already. Revoke one first: `token list`, `token revoke 3`."
              .formatted(valid));
    }
    byte[] bytes = new byte[BYTES];
    random.accept(bytes);
    String text = "bmt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    ApiToken token =
        new ApiToken(
            store.apiTokens().nextNumber(),
            asker.person().sender(),
            asker.person().name(),
            label,
            ApiSecrets.hash(text),
            now,
            now.plus(life),
            Optional.empty(),
            Optional.empty());
    Message kept = lost(token);
    secrets.send(kept, shown(token, text));
    return new Outcome.Done(kept, List.of(new Change.CreateApiToken(token)));
  }

  /** What is stored, and shown if the token itself cannot be. */
  private static Message lost(ApiToken token) {
    return Message.sentence(
        OneTimeMessages.LOST
            + ", because the bot ended before it could be shown. Revoke it, then make another: `token revoke %d`."
                .formatted(token.number()));
  }

  private static Message shown(ApiToken token, String text) {
    return Message.of(
        new Message.Paragraph(
            Text.plain("Token %d for ".formatted(token.number()))
                .bold(token.label())
                .and(", valid until ")
                .moment(token.expires())
                .and(":")),
        new Message.Preformatted(text),
        new Message.Footnote(
            Text.sentence(
                "It is shown only now, and anyone who has it can act as you: store it with `bandmaster login`, then delete this message. To revoke it: `token revoke %d`."
                    .formatted(token.number()))));
  }

  private Outcome list(Asker asker, Arguments arguments) {
    boolean all = arguments.has("all");
    List<ApiToken> tokens =
        all
            ? store.apiTokens().all(SHOWN)
            : store.apiTokens().of(asker.person().sender().principal(), SHOWN);
    if (tokens.isEmpty()) {
      return Outcome.done("No tokens. To make one: `token create --for laptop`.");
    }
    Instant now = clock.instant();
    List<Message.Block> blocks = new ArrayList<>();
    tokens.forEach(token -> blocks.add(new Message.Paragraph(line(token, all, now))));
    return new Outcome.Done(new Message(blocks), List.of());
  }

  private static Text line(ApiToken token, boolean named, Instant now) {
    Text line = Text.EMPTY.bold(Long.toString(token.number())).and(" " + token.label());
    if (named) {
      line = line.and(" of " + token.ownerName());
    }
    line = line.and(token.isValid(now) ? ", valid until " : ", expired ").moment(token.expires());
    return token.used().isPresent()
        ? line.and(", last used ").moment(token.used().get())
        : line.and(", never used");
  }

  private Outcome revoke(Asker asker, Arguments arguments) {
    Optional<ApiToken> found =
        Numbers.named(arguments, "number")
            .flatMap(number -> store.apiTokens().byNumber(number))
            .filter(token -> token.revoked().isEmpty())
            .filter(token -> arguments.has("all") || isOf(asker, token));
    return found
        .<Outcome>map(token ->
            Outcome.done(
                "Token %d (%s) is revoked. Nothing can be asked with it any more."
                    .formatted(token.number(), token.label()),
                new Change.RevokeApiToken(token.number(), clock.instant())))
        .orElseGet(() ->
            new Outcome.Refused(
                "You have no such token. To list your tokens: `token list`. The tokens of others need the right `%s` and `--all`."
                    .formatted(OTHERS)));
  }

  private boolean isOf(Asker asker, ApiToken token) {
    return store
        .principals()
        .allIds(asker.person().sender().principal())
        .contains(token.owner().principal());
  }
}
