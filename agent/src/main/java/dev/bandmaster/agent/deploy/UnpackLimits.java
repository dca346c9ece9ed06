package dev.bandmaster.agent.deploy;

/**
 * How much an archive may become: a small download must not fill the disk.
 *
 * @param bytes total size of its files
 * @param entries files, directories and links together
 */
public record UnpackLimits(long bytes, int entries) {

  /** 4 GiB and 200,000 entries: roomy for an app with its libraries, small for a disk. */
  public static final UnpackLimits DEFAULT = new UnpackLimits(4L << 30, 200_000);

  /** What an archive may become however small it is. */
  private static final long ALWAYS_FINE = 64L << 20;

  /** Real software shrinks to a third or a tenth; only made-up content shrinks to a 200th. */
  private static final int RATIO = 200;

  /** Bytes that a tar takes for the header of an entry and to fill up its last block, and room. */
  private static final int PER_ENTRY = 2048;

  /** The same for an archive of a size: what is small may not become huge. */
  UnpackLimits of(long archiveSize) {
    return new UnpackLimits(Math.min(bytes, Math.max(ALWAYS_FINE, archiveSize * RATIO)), entries);
  }

  /** Bytes of a whole tar, headers included. */
  long wholeTar() {
    return bytes + (long) entries * PER_ENTRY;
  }
}
