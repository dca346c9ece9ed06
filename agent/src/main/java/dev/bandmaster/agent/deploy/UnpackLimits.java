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
}
