package dev.bandmaster.slack;

import java.util.Map;
import java.util.Optional;

/**
 * The errors that no amount of trying mends. The list is closed: whatever is not in it is tried
 * again.
 */
final class FatalErrors {

  private static final String REINSTALL =
      "Install the app in the workspace again and give the bot the new token.";

  private static final Map<String, String> MENDING =
      Map.ofEntries(
          Map.entry("invalid_auth", "Copy the token again from the app's settings."),
          Map.entry("not_authed", "Give the bot its token."),
          Map.entry("account_inactive", REINSTALL),
          Map.entry("token_revoked", REINSTALL),
          Map.entry(
              "token_expired",
              "Switch token rotation off in the app's settings and install it again."),
          Map.entry(
              "no_permission", "Let an administrator of the workspace approve the app's scopes."),
          Map.entry(
              "missing_scope",
              "Add the scope in the app's settings and install the app again; the app-level token"
                  + " needs connections:write."),
          Map.entry(
              "not_allowed_token_type",
              "The app-level token begins with xapp-, the bot's token with xoxb-: give each in its"
                  + " own place."),
          Map.entry(
              "org_login_required", "Wait for the workspace's move to its organisation to end."),
          Map.entry("access_denied", "Let an administrator allow the app in this workspace."),
          Map.entry(
              "team_access_not_granted", "Let an administrator allow the app in this workspace."),
          Map.entry("app_not_in_socket_mode", "Switch Socket Mode on in the app's settings."),
          Map.entry("socket_mode_not_enabled", "Switch Socket Mode on in the app's settings."));

  private FatalErrors() {}

  /** How to mend an error that is fatal; empty for one that is not. */
  static Optional<String> mending(String error) {
    return Optional.ofNullable(MENDING.get(error));
  }
}
