package dev.bandmaster.engine.catalogue;

import dev.bandmaster.model.HostCredentials;
import dev.bandmaster.model.WebAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads the file beside a release that begins with its SHA-256. A release that is not there is told
 * apart from a server that does not let us in or does not answer. Any thread.
 */
final class ChecksumFile {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** A checksum file is one line; whatever is longer is something else. */
  private static final long LONGEST = 4096;

  private final OkHttpClient http =
      new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(5)).build();

  /** What came of it. */
  sealed interface Answer {
    /** The hash, in lower-case hexadecimal. */
    record Found(String sha256) implements Answer {}

    /** There is no such file. */
    record Nothing() implements Answer {}

    /** It cannot be known; the reason is a sentence. */
    record Failed(String reason) implements Answer {}
  }

  Answer read(String url, Optional<HostCredentials> credentials) {
    WebAddress address = new WebAddress(URI.create(url));
    try {
      return "file".equals(address.uri().getScheme())
          ? onDisk(address)
          : overHttp(address, credentials);
    } catch (InterruptedIOException e) {
      return failed(address, "the server did not answer within 5 s");
    } catch (IOException e) {
      return failed(address, "the server %s cannot be reached".formatted(address.uri().getHost()));
    }
  }

  private static Answer onDisk(WebAddress address) {
    Path file = Path.of(address.uri());
    if (!Files.exists(file)) {
      return new Answer.Nothing();
    }
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LONGEST
          ? first(address, Files.readString(file))
          : failed(address, "it is no checksum file");
    } catch (IOException e) {
      return failed(address, "the bot may not read it");
    }
  }

  private Answer overHttp(WebAddress address, Optional<HostCredentials> credentials)
      throws IOException {
    OkHttpClient client =
        credentials.isEmpty()
            ? http
            : GuardedHttp.client(Duration.ofSeconds(5), credentials, InstantSource.system());
    Request request = new Request.Builder().url(address.uri().toString()).build();
    try (Response response = client.newCall(request).execute()) {
      return switch (response.code()) {
        case 404, 410 -> new Answer.Nothing();
        case 401, 403, 407 ->
            failed(
                address,
                "the server refused access (HTTP status %d). Check `artifact_auth` of the app"
                    .formatted(response.code()));
        default ->
            response.isSuccessful()
                ? first(
                    address, new String(response.peekBody(LONGEST).bytes(), StandardCharsets.UTF_8))
                : failed(
                    address, "the server answered with HTTP status %d".formatted(response.code()));
      };
    }
  }

  private static Answer first(WebAddress address, String text) {
    String word = text.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    return SHA256.matcher(word).matches()
        ? new Answer.Found(word)
        : failed(address, "it does not begin with a SHA-256");
  }

  private static Answer failed(WebAddress address, String reason) {
    return new Answer.Failed("The checksum at %s cannot be read: %s.".formatted(address, reason));
  }
}
