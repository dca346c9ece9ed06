package dev.bandmaster.core.chat;

import java.util.Optional;

/** Puts dialogs on people's screens. Blocking; safe for use by many threads. */
public interface Dialogs {

  /**
   * Opens a dialog on the screen of the person who did something. To be called before anything else
   * is looked up: the chat service takes it for 3 s after the person acted, and once only.
   *
   * @param trigger what came with the act
   * @param channel where the person acted; empty on the home tab
   * @param thread the thread there, if it was one
   */
  Opening open(String trigger, String channel, Optional<String> thread, Dialog dialog);

  /** Shows another dialog in the place of one that is open; there is no hurry with that. */
  Opening replace(Screen screen, Dialog dialog);

  /** How an attempt to show a dialog ended. */
  sealed interface Opening {}

  /** The person sees it. */
  record OnScreen(Screen screen) implements Opening {}

  /** The person does not see it; the reason is a sentence. */
  record NotOpened(String reason) implements Opening {}

  /**
   * A dialog that is open.
   *
   * @param id the showing, for the chat service
   * @param channel where the person acted; empty on the home tab
   * @param thread the thread there, if it was one
   */
  record Screen(String id, String channel, Optional<String> thread) {}
}
