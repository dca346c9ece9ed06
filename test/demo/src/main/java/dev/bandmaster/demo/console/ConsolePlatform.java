package dev.bandmaster.demo.console;

import dev.bandmaster.acl.IdSyntax;
import dev.bandmaster.core.chat.Chat;
import dev.bandmaster.core.chat.ChatFigure;
import dev.bandmaster.core.chat.ChatHealth;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Directory;
import dev.bandmaster.core.chat.EnvelopeSink;
import dev.bandmaster.core.chat.FreshDirectory;
import dev.bandmaster.core.chat.Outbound;
import dev.bandmaster.core.chat.RateLimiter;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.simulator.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The console as one bot's chat platform. It has no limits, no dialogs and no home tab. */
final class ConsolePlatform implements ChatPlatform {

  /** Ids as a workspace file writes them. */
  static final IdSyntax IDS =
      new IdSyntax(
          IdSyntax.Form.of("[UW]0[A-Z0-9]{1,30}", "U0…"),
          IdSyntax.Form.of("S0[A-Z0-9]{1,30}", "S0…"),
          IdSyntax.Form.of("C0[A-Z0-9]{1,30}", "C0…"),
          IdSyntax.Form.of("[TE]0[A-Z0-9]{1,30}", "T0…"));

  private static final RateLimiter NO_LIMITS =
      new RateLimiter() {
        @Override
        public Optional<Duration> hold(Outbound item, boolean redraw, boolean important) {
          return Optional.empty();
        }

        @Override
        public void limited(Outbound item, boolean redraw, Duration delay) {
          throw new IllegalStateException("a console never limits");
        }
      };

  private static final Dialogs NO_DIALOGS =
      new Dialogs() {
        private static final NotOpened REFUSAL =
            new NotOpened("A console cannot show dialogs. Type the command with its arguments.");

        @Override
        public Opening open(
            String trigger, String channel, Optional<String> thread, Dialog dialog) {
          return REFUSAL;
        }

        @Override
        public Opening replace(Screen screen, Dialog dialog) {
          return REFUSAL;
        }
      };

  private final Context context;
  private final ConsoleDirectory people;
  private final ConsoleScreen screen;
  private final AtomicLong received = new AtomicLong();
  private volatile boolean open;

  ConsolePlatform(Context context, Workspace workspace, ConsoleScreen screen) {
    this.context = context;
    this.people = new ConsoleDirectory(workspace);
    this.screen = screen;
  }

  /** Takes a line in: it is stored before this returns. */
  void receive(ConsoleLine line) {
    if (!open) {
      throw new IllegalStateException("the console is closed");
    }
    Instant start = context.clock().instant();
    context.sink().store("line:" + line.id(), EnvelopeSink.Kind.EVENT, line.id(), line.json());
    received.incrementAndGet();
    context.listener().acknowledged(Duration.between(start, context.clock().instant()));
  }

  @Override
  public String name() {
    return "Console";
  }

  @Override
  public IdSyntax ids() {
    return IDS;
  }

  @Override
  public Chat chat() {
    return screen;
  }

  @Override
  public boolean fits(Message message) {
    return true;
  }

  @Override
  public RateLimiter limits() {
    return NO_LIMITS;
  }

  @Override
  public Dialogs dialogs() {
    return NO_DIALOGS;
  }

  @Override
  public Directory directory() {
    return people;
  }

  @Override
  public FreshDirectory freshDirectory() {
    return people;
  }

  @Override
  public Interpreter interpreter() {
    return ConsoleLine::interpret;
  }

  @Override
  public ChatHealth health() {
    return new ChatHealth(open, open ? "open" : "closed");
  }

  @Override
  public List<ChatFigure> figures() {
    return List.of(ChatFigure.counter("lines", "Lines that people have said.", received::get));
  }

  @Override
  public void start() {
    open = true;
  }

  @Override
  public void stopReceiving() {
    open = false;
  }

  @Override
  public void close() {
    stopReceiving();
  }
}
