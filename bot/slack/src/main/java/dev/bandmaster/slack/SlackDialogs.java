package dev.bandmaster.slack;

import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.views.ViewsOpenResponse;
import com.slack.api.methods.response.views.ViewsUpdateResponse;
import dev.bandmaster.core.chat.Dialog;
import dev.bandmaster.core.chat.Dialogs;
import java.util.Map;
import java.util.Optional;

/**
 * Opens dialogs as Slack's modals. A modal is known by a name made from what opened it, so an act
 * that is handled again after a crash finds the modal that it had opened.
 */
final class SlackDialogs implements Dialogs {

  private final SlackCalls calls;

  SlackDialogs(SlackCalls calls) {
    this.calls = calls;
  }

  @Override
  public Opening open(String trigger, String channel, Optional<String> thread, Dialog dialog) {
    Screen screen = new Screen("by:" + Lines.cut(trigger, 200), channel, thread);
    Map<String, String> form =
        Map.of("trigger_id", trigger, "view", DialogKit.render(screen, dialog));
    return opening("views.open", screen, calls.call("views.open", form, ViewsOpenResponse.class));
  }

  @Override
  public Opening replace(Screen screen, Dialog dialog) {
    Map<String, String> form =
        Map.of("external_id", screen.id(), "view", DialogKit.render(screen, dialog));
    return opening(
        "views.update", screen, calls.call("views.update", form, ViewsUpdateResponse.class));
  }

  private static <T extends SlackApiTextResponse> Opening opening(
      String method, Screen screen, CallResult<T> reply) {
    return switch (reply) {
      case CallResult.Ok<T> _ -> new OnScreen(screen);
      case CallResult.Refused<T>(var error, var _) when error.equals("exchanged_trigger_id") ->
          new OnScreen(screen);
      case CallResult.Refused<T>(var error, var _) when error.equals("expired_trigger_id") ->
          new NotOpened("Slack's three seconds to open it were over. (" + error + ")");
      case CallResult.Refused<T>(var error, var _) when error.equals("not_found") ->
          new NotOpened("It was closed too early. (" + error + ")");
      case CallResult.Refused<T> refused -> new NotOpened(SlackErrors.sentence(method, refused));
      case CallResult.Limited<T>(var delay) ->
          new NotOpened("Slack limits " + method + " for " + delay.toSeconds() + " s.");
      case CallResult.Unsent<T>(var reason) -> new NotOpened(reason);
      case CallResult.Unclear<T>(var reason) -> new NotOpened(reason);
    };
  }
}
