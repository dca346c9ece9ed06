package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.DialogTriggers;
import dev.bandmaster.core.chat.Dialogs;
import dev.bandmaster.core.chat.Dialogs.Opening;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the dialogs that clicks and slash commands ask for. It reads the payload alone: whatever
 * else there is to be known about it is looked up afterwards, since Slack waits 3 s.
 */
final class ModalOpener {

  private final DialogTriggers prompts;
  private final Dialogs dialogs;

  ModalOpener(DialogTriggers prompts, Dialogs dialogs) {
    this.prompts = prompts;
    this.dialogs = dialogs;
  }

  /** Answers a click with the dialog it asks for, if it does. */
  Optional<Opening> clicked(JsonNode payload, String action, String value) {
    JsonNode container = payload.path("container");
    return prompts
        .clicked(action, value)
        .map(dialog ->
            open(
                payload,
                container.path("channel_id").asText(payload.path("channel").path("id").asText()),
                PayloadReader.threadOfClick(payload),
                dialog));
  }

  /** Answers a slash command with the dialog it asks for, if it does. */
  Optional<Opening> slashed(JsonNode payload, String text) {
    return prompts
        .slashed(text)
        .map(
            dialog -> open(payload, payload.path("channel_id").asText(), Optional.empty(), dialog));
  }

  /** What is wrong with a dialog that was sent, a sentence by the name of the field. */
  Map<String, String> mistakes(Submission sent) {
    return prompts.mistakes(sent.dialog(), sent.origin().memory(), sent.values());
  }

  private Opening open(JsonNode payload, String channel, Optional<String> thread, Dialog dialog) {
    String trigger = payload.path("trigger_id").asText();
    return trigger.isEmpty()
        ? new Dialogs.NotOpened("Slack sent no trigger to open it.")
        : dialogs.open(trigger, channel, thread, dialog);
  }
}
