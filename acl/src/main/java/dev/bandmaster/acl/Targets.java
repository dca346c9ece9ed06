package dev.bandmaster.acl;

/**
 * How many nodes a request would touch; known once it is planned.
 *
 * @param count nodes touched
 * @param fleet nodes there are
 * @param filtered whether the person narrowed them down
 */
public record Targets(int count, int fleet, boolean filtered) {
  public Targets {
    if (count < 0 || fleet < count) {
      throw new IllegalArgumentException("the number of targets cannot exceed the fleet");
    }
  }
}
