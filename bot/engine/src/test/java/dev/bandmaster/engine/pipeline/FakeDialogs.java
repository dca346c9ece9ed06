package dev.bandmaster.engine.pipeline;

import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Screens that remember what they show; they can be closed by their people. */
public final class FakeDialogs implements Dialogs {
  public final List<Dialog> shown = new ArrayList<>();
  public boolean closed;

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
