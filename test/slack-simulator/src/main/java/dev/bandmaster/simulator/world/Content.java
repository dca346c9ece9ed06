package dev.bandmaster.simulator.world;

import java.util.Arrays;

/** The bytes of a file; never changes. */
public final class Content {
  /** No bytes. */
  public static final Content NONE = new Content(new byte[0]);

  private final byte[] bytes;

  /** Keeps a copy of {@code bytes}. */
  public Content(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The length in bytes. */
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Content content && Arrays.equals(bytes, content.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
