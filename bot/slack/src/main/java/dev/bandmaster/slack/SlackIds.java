package dev.bandmaster.slack;

import dev.bandmaster.acl.IdSyntax;

/** What Slack's ids look like: a letter says what is named, capital letters and digits follow. */
public final class SlackIds {

  /** Slack promises no length; its ids have 9 to 11 characters so far. */
  private static final String REST = "[A-Z0-9]{2,30}";

  /** The ids of people, user groups, channels, and workspaces or organizations. */
  public static final IdSyntax SYNTAX =
      new IdSyntax(
          IdSyntax.Form.of("[UW]" + REST, "U…"),
          IdSyntax.Form.of("S" + REST, "S…"),
          IdSyntax.Form.of("[CG]" + REST, "C…"),
          IdSyntax.Form.of("[TE]" + REST, "T…"));

  private SlackIds() {}

  /** Whether it may be a person of Slack; services of the API have names in lower case. */
  static boolean isMentionable(String user) {
    return user.chars().noneMatch(Character::isLowerCase);
  }
}
