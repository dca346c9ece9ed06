package dev.bandmaster.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code bandmaster manifest}: what Slack asks for when an app is made from a manifest. */
@Command(
    name = "manifest",
    description = "Prints the Slack app manifest, to paste when creating the app.",
    mixinStandardHelpOptions = true)
final class ManifestCommand implements Callable<Integer> {

  private static final String RESOURCE = "/slack-manifest.yaml";

  @Override
  public Integer call() throws IOException {
    try (InputStream manifest = ManifestCommand.class.getResourceAsStream(RESOURCE)) {
      if (manifest == null) {
        throw new IOException("the manifest is missing in this build");
      }
      manifest.transferTo(System.out);
    }
    return 0;
  }
}
