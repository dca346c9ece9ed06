package dev.bandmaster.plugin;

/**
 * What a command does to an application. Whatever it does, locks and freezes hold for it, and it
 * has the application for itself until it ends.
 */
public enum ApplicationChange {
  /** It concerns no application. */
  NONE,
  /** Another version runs afterwards; the bot remembers which. */
  INSTALL,
  /** The application is gone afterwards. */
  REMOVE,
  /** The same version runs afterwards. */
  RESTART
}
