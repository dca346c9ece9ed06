package dev.bandmaster.yaml;

/**
 * How large a file may be before it is refused unread. Configuration is written by hand, so the
 * bounds are far above anything a person writes and far below what would hurt the process.
 *
 * @param characters length of the whole text
 * @param depth how deeply lists and sections may nest
 * @param aliases how often {@code *alias} may be used
 * @param nodes values in the file with every alias written out, which stops a few aliases of
 *     aliases from growing into millions of values
 * @param problems how many problems are collected before the rest is left unsaid
 */
public record Limits(int characters, int depth, int aliases, int nodes, int problems) {
  public static final Limits STANDARD = new Limits(1 << 20, 20, 50, 100_000, 50);

  public Limits {
    if (characters < 1 || depth < 1 || aliases < 0 || nodes < 1 || problems < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
