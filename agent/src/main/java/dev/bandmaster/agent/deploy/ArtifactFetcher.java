package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.process.Cancellation;
import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.model.RegistryChallenge;
import dev.bandmaster.model.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Fetches from {@code file:}, {@code http:} and {@code https:} addresses, counting and hashing. */
final class ArtifactFetcher {

  /** Largest archive: beyond it a deploy is a disk's backup. */
  static final long LARGEST = 2L << 30;

  /** Bytes of an answer that holds a token. */
  private static final long LONGEST_TOKEN = 64 * 1024;

  private static final int BUFFER = 64 * 1024;

  private final OkHttpClient http;

  /**
   * A fetcher.
   *
   * @param credentials what one host is given with each request; added on each hop of its own, so
   *     that a redirect does not take it to another host
   */
  ArtifactFetcher(OkHttpClient http, Optional<HostCredentials> credentials) {
    OkHttpClient given = credentials.map(those -> with(http, those)).orElse(http);
    this.http =
        given.newBuilder().authenticator((route, response) -> token(given, response)).build();
  }

  private static OkHttpClient with(OkHttpClient http, HostCredentials credentials) {
    return http.newBuilder()
        .addNetworkInterceptor(chain -> {
          Request request = chain.request();
          // A token that was had for this request is not written over.
          if (request.header("Authorization") != null || !credentials.areFor(request.url().uri())) {
            return chain.proceed(request);
          }
          Request.Builder more = request.newBuilder();
          credentials
              .headers(request.method(), request.url().uri(), Instant.now())
              .forEach(more::header);
          return chain.proceed(more.build());
        })
        .build();
  }

  /** The same request with a token, where a registry asks for one; once. */
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
      Optional<String> token =
          answer.isSuccessful()
              ? RegistryChallenge.token(answer.peekBody(LONGEST_TOKEN).string())
              : Optional.empty();
      return token
          .map(value ->
              refused.request().newBuilder().header("Authorization", "Bearer " + value).build())
          .orElse(null);
    }
  }

  /**
   * Fetches into a file.
   *
   * @return the SHA-256 of what was fetched, in lower-case hexadecimal
   * @throws IOException with a sentence for the person who asked
   */
  String fetch(WebAddress address, Path into, Duration patience, Cancellation cancellation)
      throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out = Files.newOutputStream(into)) {
      read(address, patience, stream -> copy(stream, out, digest, LARGEST, address, cancellation));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @FunctionalInterface
  private interface Reader {
    void read(InputStream stream) throws IOException;
  }

  private void read(WebAddress address, Duration patience, Reader reader) throws IOException {
    switch (String.valueOf(address.uri().getScheme())) {
      case "file" -> readFile(address, reader);
      case "http", "https" -> readHttp(address, patience, reader);
      default ->
          throw new IOException(
              "The address " + address + " is not supported. Use file, http or https.");
    }
  }

  private static void readFile(WebAddress address, Reader reader) throws IOException {
    try (InputStream stream = Files.newInputStream(Path.of(address.uri().getPath()))) {
      reader.read(stream);
    } catch (NoSuchFileException e) {
      throw new IOException("File not found on the node: " + address.uri().getPath() + ".", e);
    }
  }

  private void readHttp(WebAddress address, Duration patience, Reader reader) throws IOException {
    OkHttpClient client = http.newBuilder().callTimeout(patience).build();
    Request request = new Request.Builder().url(address.uri().toString()).build();
    try (Response response = client.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new IOException(address + refusal(response.code()));
      }
      ResponseBody body = response.body();
      if (body == null) {
        throw new IOException(address + " returned an empty response.");
      }
      reader.read(body.byteStream());
    }
  }

  private static String refusal(int status) {
    return switch (status) {
      case 401, 403, 407 ->
          " refused access (HTTP status "
              + status
              + "). Check `artifact_auth` of the app in this node's configuration.";
      case 404, 410 -> " does not exist (HTTP status " + status + ").";
      default -> " returned HTTP status " + status + ".";
    };
  }

  private static void copy(
      InputStream stream,
      OutputStream out,
      MessageDigest digest,
      long limit,
      WebAddress address,
      Cancellation cancellation)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      total += read;
      if (total > limit) {
        throw new IOException(address + " is larger than " + limit + " bytes.");
      }
      if (cancellation.isRequested()) {
        throw new InterruptedIOException("The download was cancelled.");
      }
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
