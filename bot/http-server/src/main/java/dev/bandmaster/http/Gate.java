package dev.bandmaster.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The first to see a request, before any route: looks at its shape and its sender's rate. */
final class Gate extends Handler.Wrapper {
  private final HttpBounds bounds;
  private final Connections connections;
  private final RequestRates rates;
  private final Refusals refusals;
  private final BiFunction<Request, Response, Optional<Connections.Entry>> entries;
  private final LongSupplier nanos;

  Gate(
      HttpBounds bounds,
      Connections connections,
      Refusals refusals,
      BiFunction<Request, Response, Optional<Connections.Entry>> entries,
      LongSupplier nanos) {
    this.bounds = bounds;
    this.connections = connections;
    this.rates = new RequestRates(bounds.rate());
    this.refusals = refusals;
    this.entries = entries;
    this.nanos = nanos;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connections.Entry entry = entries.apply(request, response).orElse(null);
    if (entry == null) {
      request.getConnectionMetaData().getConnection().getEndPoint().close();
      callback.failed(new EofException("The connection was closed."));
      return true;
    }
    long now = nanos.getAsLong();
    BoundedRequest bounded =
        new BoundedRequest(
            request,
            bounds.bodyBytes(),
            bytes -> connections.receive(entry, bytes),
            () -> connections.received(entry, nanos.getAsLong()));
    Optional<Connections.Body> body =
        hasBody(request.getHeaders()) ? Optional.of(bounded) : Optional.empty();
    if (!connections.begin(entry, body, now)) {
      callback.failed(new EofException("The connection was closed."));
      return true;
    }
    Request.addCompletionListener(request, failure -> connections.finish(entry, nanos.getAsLong()));
    Optional<Refusal> refusal = refusal(request, entry.address(), now);
    if (refusal.isPresent()) {
      refusals.add(refusal.get());
      refuse(bounded, response, callback, refusal.get());
      return true;
    }
    return super.handle(bounded, response, callback);
  }

  private static boolean hasBody(HttpFields headers) {
    return headers.contains(HttpHeader.TRANSFER_ENCODING)
        || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
  }

  private Optional<Refusal> refusal(Request request, String address, long now) {
    if (!rates.take(address, now)) {
      return Optional.of(Refusal.TOO_MANY_REQUESTS);
    }
    HttpFields headers = request.getHeaders();
    if (request.getHttpURI().toString().length() > bounds.targetLength()) {
      return Optional.of(Refusal.TARGET_TOO_LONG);
    }
    if (headers.size() > bounds.headerCount()) {
      return Optional.of(Refusal.TOO_MANY_HEADERS);
    }
    return headers.getLongField(HttpHeader.CONTENT_LENGTH) > bounds.bodyBytes()
        ? Optional.of(Refusal.BODY_TOO_LARGE)
        : Optional.empty();
  }

  private static void refuse(
      BoundedRequest request, Response response, Callback callback, Refusal refusal)
      throws IOException {
    if (refusal == Refusal.BODY_TOO_LARGE && !request.getHeaders().contains(HttpHeader.EXPECT)) {
      drain(request);
    }
    response.setStatus(refusal.status());
    write(response, callback, refusal.sentence(), refusal.isTemporary());
  }

  /** A client that is still sending would not see its answer, so some of it is read and dropped. */
  private static void drain(BoundedRequest request) {
    try (InputStream input = Content.Source.asInputStream(request)) {
      byte[] dropped = new byte[8_192];
      while (input.read(dropped) >= 0) {
        // Ends with the body, with its bound, or with its time.
      }
    } catch (IOException enough) {
      // It has been refused already.
    }
  }

  /** Plain text, and the end of the connection. */
  static void write(Response response, Callback callback, String sentence, boolean again) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    if (again) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    byte[] text = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
    response.write(true, ByteBuffer.wrap(text), callback);
  }
}
