package dev.bandmaster.bot.node;

/** What people have been told of a node and not been told to be over. */
public enum Told {
  NOTHING,
  NEVER_SEEN,
  DOWN,
  ZOMBIE,
  FLAPPING
}
