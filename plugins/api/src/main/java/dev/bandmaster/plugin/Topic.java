package dev.bandmaster.plugin;

/** What a command is about: under which heading {@code help} lists it. */
public enum Topic {
  /** Nodes and what runs on them. */
  NODES,
  /** Jobs, running or ended. */
  JOBS,
  /** Locks on applications. */
  LOCKS,
  /** Commands that run later. */
  LATER,
  /** The bot, and the person who asks. */
  BOT
}
