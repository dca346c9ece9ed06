package dev.bandmaster.slack;

import java.util.Map;
import java.util.Optional;

/** The errors that retrying cannot fix. The list is closed: any other error is tried again. */
final class FatalErrors {

  private static final String REINSTALL =
      "Reinstall the app in the workspace and configure the new token.";

  private static final Map<String, String> REMEDIES =
      Map.ofEntries(
          Map.entry("invalid_auth", "Copy the token again from the app's settings."),
          Map.entry("not_authed", "Configure the bot token."),
          Map.entry("account_inactive", REINSTALL),
          Map.entry("token_revoked", REINSTALL),
          Map.entry(
              "token_expired",
              "Disable token rotation in the app's settings and reinstall the app."),
          Map.entry("no_permission", "Ask a workspace administrator to approve the app's scopes."),
          Map.entry(
              "missing_scope",
              "Add the scope in the app's settings and reinstall the app; the app-level token"
                  + " needs connections:write."),
          Map.entry(
              "not_allowed_token_type",
              "The app-level token starts with xapp-, the bot token with xoxb-: set each in its"
                  + " own place."),
          Map.entry(
              "org_login_required",
              "Wait until the workspace's migration to its organization ends."),
          Map.entry("access_denied", "Ask an administrator to allow the app in this workspace."),
          Map.entry(
              "team_access_not_granted",
              "Ask an administrator to allow the app in this workspace."),
          Map.entry("app_not_in_socket_mode", "Enable Socket Mode in the app's settings."),
          Map.entry("socket_mode_not_enabled", "Enable Socket Mode in the app's settings."));

  private FatalErrors() {}

  /** How to fix a fatal error; empty if the error is not fatal. */
  static Optional<String> remedy(String error) {
    return Optional.ofNullable(REMEDIES.get(error));
  }
}
