package dev.bandmaster.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Finds the files that are shipped for operators to copy: {@code config/bandmaster.yaml} and so on.
 */
public final class ShippedFiles {
  private ShippedFiles() {}

  /**
   * A file of the {@code config} folder.
   *
   * @throws IllegalStateException when this program runs outside of the project
   */
  public static Path config(String name) {
    return home().resolve("config").resolve(name);
  }

  /** The project's folder: said by the launcher, otherwise looked for upwards from here. */
  public static Path home() {
    String said = System.getProperty("bandmaster.home", "");
    Path start = Path.of(said.isEmpty() ? "" : said).toAbsolutePath();
    return Stream.<Path>iterate(start, folder -> folder != null, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("config/bandmaster.yaml")))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "config/bandmaster.yaml is neither in "
                    + start
                    + " nor above it; start this with the launcher 'bandmaster'."));
  }
}
