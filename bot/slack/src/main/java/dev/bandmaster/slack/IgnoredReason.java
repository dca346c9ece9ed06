package dev.bandmaster.slack;

import java.util.Locale;

/** Why something that Slack delivered leads to nothing. Each has its own count. */
public enum IgnoredReason {
  OTHER_WORKSPACE("an event for another workspace"),
  UNKNOWN_EVENT("nothing that the bot listens to"),
  UNKNOWN_PAYLOAD("a payload of a kind that the bot does not know"),
  UNKNOWN_ENVELOPE("an envelope of a kind that the bot does not know"),
  ENVELOPE_TOO_LONG("an envelope that is longer than any of Slack's"),
  ENVELOPE_NOT_JSON("an envelope that is not JSON"),
  NOT_A_NEW_MESSAGE("not a new message"),
  BOT_MESSAGE("the words of a bot"),
  NOT_ADDRESSED("not said to the bot"),
  CLICK_ELSEWHERE("a click outside of messages and the home tab"),
  DIALOG_NOT_OURS("a dialog that is not the bot's"),
  DIALOG_INVALID("a dialog with mistakes, which went back to the person"),
  SLASH_WITHOUT_SENDER("a slash command of nobody"),
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
