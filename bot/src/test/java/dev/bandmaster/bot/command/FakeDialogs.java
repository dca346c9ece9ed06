package dev.bandmaster.bot.command;

import dev.bandmaster.bot.chat.Dialog;
import dev.bandmaster.bot.chat.Dialogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Screens that remember what they show; they can be closed by their people. */
final class FakeDialogs implements Dialogs {
  final List<Dialog> shown = new ArrayList<>();
  boolean closed;

  @Override
  public Opening open(String trigger, String channel, Optional<String> thread, Dialog dialog) {
    return show(new Screen(trigger, channel, thread), dialog);
  }

  @Override
  public Opening replace(Screen screen, Dialog dialog) {
    return show(screen, dialog);
  }

  private Opening show(Screen screen, Dialog dialog) {
    if (closed) {
      return new NotOpened("It was closed.");
    }
    shown.add(dialog);
    return new OnScreen(screen);
  }
}
