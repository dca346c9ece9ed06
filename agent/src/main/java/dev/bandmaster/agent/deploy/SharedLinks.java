package dev.bandmaster.agent.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Replaces the shared paths of a release by links to the one copy that all releases share. */
final class SharedLinks {

  private final Path shared;
  private final List<String> paths;

  SharedLinks(Path shared, List<String> paths) {
    this.shared = shared;
    this.paths = paths;
  }

  /** Links all; a sentence when one has nothing to lead to. */
  Optional<String> into(Path release) throws IOException {
    for (String path : paths) {
      Path original = shared.resolve(path).normalize();
      Path link = release.resolve(path).normalize();
      if (!original.startsWith(shared) || original.equals(shared) || !link.startsWith(release)) {
        return Optional.of("The shared path " + path + " points outside " + shared + ".");
      }
      if (path.endsWith("/")) {
        Files.createDirectories(original);
      } else if (!Files.exists(original, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(
            "The shared file "
                + original
                + " does not exist. Create it on the node, then deploy again.");
      }
      Optional<String> trouble = place(release, link, original, path);
      if (trouble.isPresent()) {
        return trouble;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> place(Path release, Path link, Path original, String path)
      throws IOException {
    Path parent = link.getParent();
    if (parent == null) {
      return Optional.of("The shared path " + path + " is empty.");
    }
    Files.createDirectories(parent);
    if (!parent.toRealPath().startsWith(release.toRealPath())) {
      return Optional.of("The release redirects the shared path " + path + " with a link.");
    }
    Trees.remove(link);
    Files.createSymbolicLink(link, original);
    return Optional.empty();
  }
}
