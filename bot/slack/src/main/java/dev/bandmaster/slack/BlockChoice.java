package dev.bandmaster.slack;

/** What the configuration says about Slack's modern blocks. */
public enum BlockChoice {
  /** They are used where the workspace takes them. */
  AUTO,
  /** They are never used. */
  CLASSIC
}
