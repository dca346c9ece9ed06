package dev.bandmaster.demo.console;

import dev.bandmaster.acl.IdSyntax;
import dev.bandmaster.core.chat.ChatPlatform;
import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A terminal as the bot's chat: what is said to it is a direct message to the bot, and what the bot
 * answers is printed, changed messages again. It makes the platform of one bot. Safe for use by
 * many threads.
 */
public final class Console implements ChatPlatform.Factory {

  private final Workspace workspace;
  private final ConsoleScreen screen;
  private final AtomicReference<ConsolePlatform> platform = new AtomicReference<>();

  /**
   * Makes a console.
   *
   * @param workspace who is there
   * @param printer takes what is printed, several lines at a time
   */
  public Console(Workspace workspace, Consumer<String> printer) {
    this.workspace = workspace;
    this.screen = new ConsoleScreen(new ConsoleText(workspace), printer);
  }

  @Override
  public IdSyntax ids() {
    return ConsolePlatform.IDS;
  }

  @Override
  public ChatPlatform open(ChatPlatform.Context context) {
    ConsolePlatform opened = new ConsolePlatform(context, workspace, screen);
    platform.set(opened);
    return opened;
  }

  /**
   * Somebody says a line to the bot.
   *
   * @param person by name or id
   * @return whether it went well by the bot's own mark; empty if there was no end in time
   */
  public Optional<Boolean> say(String person, String line, Duration patience)
      throws InterruptedException {
    ConsolePlatform open = platform.get();
    if (open == null) {
      throw new IllegalStateException("no bot uses this console yet");
    }
    Person speaker =
        workspace
            .person(person)
            .orElseThrow(
                () -> new IllegalArgumentException("The workspace has nobody named " + person));
    String question = screen.nextId();
    open.receive(
        new ConsoleLine(speaker.teamId(), speaker.id(), speaker.directMessageId(), question, line));
    return screen.awaitEnd(question, patience);
  }
}
