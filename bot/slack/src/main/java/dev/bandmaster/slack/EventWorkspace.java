package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Which workspace an event is for. The outer {@code team_id} does not say it: in a channel that is
 * shared it names the workspace that created the channel. The installation for which Slack delivers
 * is {@code authorizations[0]}.
 */
final class EventWorkspace {
  private EventWorkspace() {}

  /** Whether an event is for the workspace, or the organization, in which the bot is installed. */
  static boolean isOurs(JsonNode payload, SlackIdentity.Self self) {
    JsonNode authorization = payload.path("authorizations").path(0);
    if (authorization.isObject()) {
      return isOurs(
          text(authorization, "team_id"),
          text(authorization, "enterprise_id"),
          authorization.path("is_enterprise_install").asBoolean(),
          self);
    }
    String context = text(payload, "context_team_id");
    if (!context.isEmpty() || !text(payload, "context_enterprise_id").isEmpty()) {
      return isOurs(context, text(payload, "context_enterprise_id"), false, self);
    }
    // Slack has sent authorizations since 2020. Without them nothing says more than this.
    String outer = text(payload, "team_id");
    return outer.isEmpty() || isOurs(outer, text(payload, "enterprise_id"), false, self);
  }

  private static boolean isOurs(
      String team, String enterprise, boolean orgWide, SlackIdentity.Self self) {
    boolean ourEnterprise =
        !self.enterprise().isEmpty()
            && (enterprise.equals(self.enterprise()) || team.equals(self.enterprise()));
    return team.equals(self.team())
        || (ourEnterprise
            && (self.orgWide() || orgWide || team.isEmpty() || team.equals(self.enterprise())));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
