package dev.bandmaster.stories;

import dev.bandmaster.testkit.ShippedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands on a how-to page for people to copy, so that it is what the tests run. */
final class HowTo {

  private HowTo() {}

  /**
   * A block of a page.
   *
   * @param start how its first line begins
   * @param changes what has to be another one in a rehearsal: what stands there, what is put there
   *     instead, and so on; each must be there
   */
  static String block(String page, String start, String... changes) throws IOException {
    Matcher block =
        Pattern.compile("(?ms)^```[a-z]+\\n(" + Pattern.quote(start) + ".*?)^```$")
            .matcher(Files.readString(ShippedFiles.home().resolve("docs/how-to").resolve(page)));
    if (!block.find()) {
      throw new AssertionError("%s has no block that begins with %s".formatted(page, start));
    }
    String text = block.group(1);
    for (int i = 0; i < changes.length; i += 2) {
      if (!text.contains(changes[i])) {
        throw new AssertionError(
            "%s does not say %s in %s".formatted(page, changes[i], Arrays.toString(changes)));
      }
      text = text.replace(changes[i], changes[i + 1]);
    }
    return text;
  }
}
