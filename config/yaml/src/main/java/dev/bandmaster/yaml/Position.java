package dev.bandmaster.yaml;

/**
 * A place in a file, written as people quote it: {@code policy.yaml:31}.
 *
 * @param file the file's name as shown, without its folders
 * @param line counted from 1
 * @param column counted from 1
 */
public record Position(String file, int line, int column) {
  public Position {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("lines and columns are counted from 1");
    }
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
