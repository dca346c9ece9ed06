package dev.bandmaster.core.chat;

import java.util.Map;
import java.util.Optional;

/**
 * Which dialogs there are. All of it is decided from what the bot is, without asking anybody and
 * without knowing who acts: the chat service waits 3 s for a dialog, and as long for what is wrong
 * with one that was sent. Safe for use by many threads.
 */
public interface DialogTriggers {

  /** The dialog with which a click is answered at once, if it asks for one. */
  Optional<Dialog> clicked(String action, String value);

  /** The dialog with which a slash command is answered at once, if it asks for one. */
  Optional<Dialog> slashed(String text);

  /**
   * What is wrong with what was filled in, a sentence by the name of the field. Where there is
   * anything, the person is asked to correct it and nothing else is done.
   */
  Map<String, String> mistakes(String dialog, String memory, Map<String, String> values);

  /** No dialogs at all. */
  DialogTriggers NONE =
      new DialogTriggers() {
        @Override
        public Optional<Dialog> clicked(String action, String value) {
          return Optional.empty();
        }

        @Override
        public Optional<Dialog> slashed(String text) {
          return Optional.empty();
        }

        @Override
        public Map<String, String> mistakes(
            String dialog, String memory, Map<String, String> values) {
          return Map.of();
        }
      };
}
