package dev.bandmaster.engine.catalogue;

import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.model.RegistryChallenge;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A client that gives credentials to their host and to no other, on each hop of its own, and gets
 * itself a token where a registry asks for one.
 */
final class GuardedHttp {
  /** Of an answer that holds a token. */
  private static final long LONGEST_TOKEN = 64 * 1024;

  private GuardedHttp() {}

  static OkHttpClient client(
      Duration timeout, Optional<HostCredentials> credentials, InstantSource clock) {
    OkHttpClient plain = new OkHttpClient.Builder().callTimeout(timeout).build();
    OkHttpClient given = credentials.map(those -> with(plain, those, clock)).orElse(plain);
    return given.newBuilder().authenticator((route, response) -> token(given, response)).build();
  }

  private static OkHttpClient with(
      OkHttpClient http, HostCredentials credentials, InstantSource clock) {
    return http.newBuilder()
        .addNetworkInterceptor(chain -> {
          Request request = chain.request();
          // A token that was had for this request is not written over.
          if (request.header("Authorization") != null || !credentials.areFor(request.url().uri())) {
            return chain.proceed(request);
          }
          Request.Builder more = request.newBuilder();
          credentials
              .headers(request.method(), request.url().uri(), clock.instant())
              .forEach(more::header);
          return chain.proceed(more.build());
        })
        .build();
  }

  /** The same request with a token, once. */
  private static @Nullable Request token(OkHttpClient http, Response refused) throws IOException {
    String challenge = refused.header("WWW-Authenticate");
    if (challenge == null || refused.priorResponse() != null) {
      return null;
    }
    Optional<RegistryChallenge> known =
        RegistryChallenge.of(challenge, refused.request().url().uri());
    if (known.isEmpty()) {
      return null;
    }
    Request ask = new Request.Builder().url(known.get().token().toString()).build();
    try (Response answer = http.newCall(ask).execute()) {
      if (!answer.isSuccessful()) {
        return null;
      }
      Optional<String> token = RegistryChallenge.token(answer.peekBody(LONGEST_TOKEN).string());
      return token
          .map(value ->
              refused.request().newBuilder().header("Authorization", "Bearer " + value).build())
          .orElse(null);
    }
  }
}
