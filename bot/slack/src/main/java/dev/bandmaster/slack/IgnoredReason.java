package dev.bandmaster.slack;

import java.util.Locale;

/** Why something that Slack delivered leads to nothing. Each has its own count. */
public enum IgnoredReason {
  OTHER_WORKSPACE("an event for another workspace"),
  UNKNOWN_EVENT("an event type the bot does not handle"),
  UNKNOWN_PAYLOAD("an unknown payload type"),
  UNKNOWN_ENVELOPE("an unknown envelope type"),
  ENVELOPE_TOO_LONG("an envelope that is too large"),
  ENVELOPE_NOT_JSON("an envelope that is not JSON"),
  NOT_A_NEW_MESSAGE("not a new message"),
  BOT_MESSAGE("a message from a bot"),
  NOT_ADDRESSED("a message not addressed to the bot"),
  CLICK_ELSEWHERE("a click outside messages and the home tab"),
  DIALOG_NOT_OURS("a dialog of another app"),
  DIALOG_INVALID("an invalid dialog submission, returned to the person"),
  SLASH_WITHOUT_SENDER("a slash command without a user"),
  OTHER_TAB("a tab other than home");

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
