package dev.bandmaster.http;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body is counted while it is read, and that can be aborted " + "from outside. */
final class BoundedRequest extends Request.Wrapper implements Connections.Body {
  private final long mostBytes;
  private final IntConsumer onBytes;
  private final Runnable onEnd;
  private final AtomicReference<@Nullable RefusedException> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable Runnable> waiting = new AtomicReference<>();
  private long bytes;

  /**
   * @param onBytes receives the number of bytes read
   * @param onEnd called when the whole body has been read
   */
  BoundedRequest(Request request, long mostBytes, IntConsumer onBytes, Runnable onEnd) {
    super(request);
    this.mostBytes = mostBytes;
    this.onBytes = onBytes;
    this.onEnd = onEnd;
  }

  @Override
  public Content.@Nullable Chunk read() {
    Content.Chunk refused = refused();
    if (refused != null) {
      return refused;
    }
    Content.Chunk chunk = super.read();
    if (chunk == null || Content.Chunk.isFailure(chunk)) {
      return chunk;
    }
    bytes += chunk.remaining();
    onBytes.accept(chunk.remaining());
    if (bytes > mostBytes) {
      refuse(Refusal.BODY_TOO_LARGE);
    }
    refused = refused();
    if (refused != null) {
      chunk.release();
      return refused;
    }
    if (chunk.isLast()) {
      onEnd.run();
    }
    return chunk;
  }

  private Content.@Nullable Chunk refused() {
    RefusedException now = failure.get();
    return now == null ? null : Content.Chunk.from(now, true);
  }

  @Override
  public void demand(Runnable callback) {
    waiting.set(callback);
    if (failure.get() == null) {
      super.demand(this::wake);
    }
    if (failure.get() != null) {
      wake();
    }
  }

  private void wake() {
    Runnable callback = waiting.getAndSet(null);
    if (callback != null) {
      callback.run();
    }
  }

  @Override
  public void refuse(Refusal refusal) {
    if (failure.compareAndSet(null, new RefusedException(refusal)) && waiting.get() != null) {
      getComponents().getExecutor().execute(this::wake);
    }
  }
}
