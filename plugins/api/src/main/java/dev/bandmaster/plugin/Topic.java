package dev.bandmaster.plugin;

/** What a command is about: under which heading {@code help} lists it. */
public enum Topic {
  /** Nodes and what runs on them. */
  NODES,
  /** Jobs, running or ended, and their approvals. */
  JOBS,
  /** Locks on applications, and freezes. */
  LOCKS,
  /** Commands that run later. */
  LATER,
  /** Alerts, and what keeps them quiet. */
  ALERTS,
  /** The bot, and the person who asks. */
  BOT
}
