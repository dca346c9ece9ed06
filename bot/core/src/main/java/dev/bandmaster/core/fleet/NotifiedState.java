package dev.bandmaster.core.fleet;

/** What people have been told of a node and not been told to be over. */
public enum NotifiedState {
  NOTHING,
  NEVER_SEEN,
  DOWN,
  ZOMBIE,
  FLAPPING
}
