package dev.bandmaster.agent.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is read at random, with a bound on what may be read before {@link #content} is
 * called: a zip's list of entries, which a library reads into memory whole. Used by one thread.
 */
final class BoundedChannel implements SeekableByteChannel {

  private final SeekableByteChannel file;
  private long left;

  BoundedChannel(Path path, long mostForList) throws IOException {
    this.file = Files.newByteChannel(path);
    this.left = mostForList;
  }

  /** What is read from here on is content. */
  void content() {
    left = Long.MAX_VALUE;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int read = file.read(into);
    left -= Math.max(0, read);
    if (left < 0) {
      throw new UnsafeArchiveException(
          "The archive's list of entries is longer than that of any release.");
    }
    return read;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return file.write(from);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    var _ = file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    var _ = file.truncate(size);
    return this;
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
