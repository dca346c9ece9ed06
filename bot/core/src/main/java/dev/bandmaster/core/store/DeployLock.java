package dev.bandmaster.core.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A person's word that nobody else deploys.
 *
 * @param environment where
 * @param application what, or empty for everything in the environment
 * @param owner the principal who may still deploy
 * @param ownerName the name to show
 * @param user the owner's id in the chat service
 * @param reason why, in the owner's words
 * @param since when it was set
 * @param until when it ends by itself
 */
public record DeployLock(
    String environment,
    String application,
    String owner,
    String ownerName,
    String user,
    String reason,
    Instant since,
    Optional<Instant> until) {

  /** What is locked, in words. */
  public String what() {
    return application.isEmpty() ? environment : application + " in " + environment;
  }
}
