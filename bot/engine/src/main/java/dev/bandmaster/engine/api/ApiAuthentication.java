package dev.bandmaster.engine.api;

import dev.bandmaster.core.chat.UserRef;
import dev.bandmaster.core.store.ApiToken;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.core.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Says whose a token is. The store is asked each time, so a revoked token is refused by every
 * replica at once. Safe for use by many threads.
 */
public final class ApiAuthentication {

  /** How exact it is known when a token was used last: each use would be a write otherwise. */
  private static final Duration EXACT = Duration.ofMinutes(1);

  private final Map<String, String> services;
  private final Store store;
  private final InstantSource clock;

  /**
   * Makes it.
   *
   * @param services the names of services, by the {@link ApiSecrets#hash} of their tokens
   */
  public ApiAuthentication(Map<String, String> services, Store store, InstantSource clock) {
    this.services = Map.copyOf(services);
    this.store = store;
    this.clock = clock;
  }

  /**
   * Who shows this token; empty if it is unknown, expired or revoked.
   *
   * @throws dev.bandmaster.core.store.StoreUnavailable if the token is no service's and the store
   *     cannot be asked now
   */
  public Optional<ApiCaller> callerOf(String token) {
    if (token.isEmpty() || token.length() > ApiSecrets.LONGEST) {
      return Optional.empty();
    }
    String hash = ApiSecrets.hash(token);
    String service = services.get(hash);
    if (service != null) {
      return Optional.of(new ApiCaller(UserRef.service(service), "service " + service));
    }
    Instant now = clock.instant();
    return store
        .apiTokens()
        .byHash(hash)
        .filter(found -> found.isValid(now))
        .map(found -> {
          noteUse(found, now);
          return new ApiCaller(found.owner(), "token " + found.number());
        });
  }

  private void noteUse(ApiToken token, Instant now) {
    if (token.used().map(used -> used.plus(EXACT).isBefore(now)).orElse(true)) {
      store.commit(new Change.ApiTokenUsed(token.number(), now));
    }
  }
}
