package dev.bandmaster.agent.deploy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of which all bytes count, whatever they are for: an archive's names and headers too,
 * which a library reads into memory whole. Used by one thread.
 */
final class BoundedStream extends FilterInputStream {

  private final long most;
  private long total;
  private long headerEnd = Long.MAX_VALUE;

  /**
   * A stream with a bound.
   *
   * @param most bytes of all of it
   */
  BoundedStream(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  /** From here on so many bytes may be read before {@link #content} is called. */
  void header(long mostBytes) {
    headerEnd = total + mostBytes;
  }

  /** What is read from here on is content. */
  void content() {
    headerEnd = Long.MAX_VALUE;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public long skip(long length) throws IOException {
    long skipped = super.skip(length);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long read) throws IOException {
    total += read;
    if (total > most) {
      throw new UnsafeArchiveException(
          "The archive becomes more than " + most + " bytes when unpacked, headers included.");
    }
    if (total > headerEnd) {
      throw new UnsafeArchiveException(
          "The archive has an entry whose name or header is longer than any name may be.");
    }
  }
}
