package dev.bandmaster.slack;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The errors that an immediate retry cannot fix. The list is closed: any other error is tried
 * again. Whether one of these ends the bot is for {@link TokenWatch} to say.
 */
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
          Map.entry(
              "team_added_to_org",
              "Wait until the workspace's migration to its organization ends."),
          Map.entry("access_denied", "Ask an administrator to allow the app in this workspace."),
          Map.entry(
              "team_access_not_granted",
              "Ask an administrator to allow the app in this workspace."),
          Map.entry("app_not_in_socket_mode", "Enable Socket Mode in the app's settings."),
          Map.entry("socket_mode_not_enabled", "Enable Socket Mode in the app's settings."));

  /** Errors that say something of the bot token itself, whatever was asked with it. */
  private static final Set<String> TOKEN =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "not_allowed_token_type",
          "org_login_required",
          "team_added_to_org",
          "team_access_not_granted");

  /** A migration: it ends by itself. */
  private static final Set<String> PASSING = Set.of("org_login_required", "team_added_to_org");

  private FatalErrors() {}

  /** Whether Slack refuses the token and not what was asked with it. */
  static boolean isOfToken(String error) {
    return TOKEN.contains(error);
  }

  /** Whether it ends without anybody doing anything, so that waiting helps. */
  static boolean passes(String error) {
    return PASSING.contains(error);
  }

  /** How to fix a fatal error; empty if the error is not fatal. */
  static Optional<String> remedy(String error) {
    return Optional.ofNullable(REMEDIES.get(error));
  }
}
