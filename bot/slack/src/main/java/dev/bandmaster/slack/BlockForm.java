package dev.bandmaster.slack;

/** Which of Slack's blocks a message is made of. */
enum BlockForm {
  /** With those that Slack has added in 2026, which not every workspace and client has yet. */
  MODERN,
  /** With those that every Slack shows. */
  CLASSIC
}
