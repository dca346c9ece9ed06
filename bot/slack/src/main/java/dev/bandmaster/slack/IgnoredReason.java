package dev.bandmaster.slack;

import java.util.Locale;

/** Why something that Slack delivered leads to nothing. Each has its own count. */
public enum IgnoredReason {
  OTHER_WORKSPACE("an event for another workspace"),
  UNKNOWN_EVENT("nothing the bot handles"),
  UNKNOWN_PAYLOAD("a payload of an unknown type"),
  UNKNOWN_ENVELOPE("an envelope of an unknown type"),
  ENVELOPE_TOO_LONG("an envelope that is too long"),
  ENVELOPE_NOT_JSON("an envelope that is not JSON"),
  NOT_A_NEW_MESSAGE("not a new message"),
  BOT_MESSAGE("a message by a bot"),
  NOT_ADDRESSED("not addressed to the bot"),
  CLICK_ELSEWHERE("a click outside of messages and the home tab"),
  DIALOG_NOT_OURS("a dialog of another app"),
  DIALOG_INVALID("a dialog with mistakes, returned to the person"),
  SLASH_WITHOUT_SENDER("a slash command without a user"),
  OTHER_TAB("another tab than home");

  private final String sentence;

  IgnoredReason(String sentence) {
    this.sentence = sentence;
  }

  /** What it is, for people. */
  public String sentence() {
    return sentence;
  }

  /** The value of the metric's label. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
