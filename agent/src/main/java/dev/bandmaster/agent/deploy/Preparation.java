package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.action.ActionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a release onto the disk: fetches it, verifies it, unpacks or checks it out. */
final class Preparation {

  /** How it ended. */
  sealed interface Result {
    /** It lies in a directory of its own, not yet among the releases. */
    record Staged(Path directory, String origin) implements Result {}

    /** The very same release is here already. */
    record Here(String origin) implements Result {}

    /** It could not be brought; the reason is a sentence. */
    record Failed(String reason) implements Result {}
  }

  private final Releases releases;
  private final ArtifactFetcher fetcher;
  private final GitCheckout git;
  private final UnpackLimits limits;

  Preparation(Releases releases, ArtifactFetcher fetcher, GitCheckout git, UnpackLimits limits) {
    this.releases = releases;
    this.fetcher = fetcher;
    this.git = git;
    this.limits = limits;
  }

  Result bring(Version version, Source source, ActionContext context) throws IOException {
    return switch (source) {
      case Source.Archive archive -> unpack(version, archive, context);
      case Source.Git checkout -> checkOut(version, checkout, context);
      case Source.Refused(String reason) -> new Result.Failed(reason);
    };
  }

  private Result unpack(Version version, Source.Archive archive, ActionContext context)
      throws IOException {
    String expected = archive.sha256();
    Optional<Result> here = compare(version, "sha256 " + expected);
    if (here.isPresent()) {
      return here.get();
    }
    Path staged = releases.stage(version);
    Path download = releases.download();
    try {
      String actual =
          fetcher.fetch(archive.address(), download, context.remaining(), context.cancellation());
      if (!actual.equals(expected)) {
        return new Result.Failed(
            "What "
                + archive.address()
                + " holds has the SHA-256 "
                + actual
                + ", expected "
                + expected
                + ". The archive was not unpacked.");
      }
      context.progress("verify", "done: sha256 " + actual);
      context.progress("unpack", "running");
      new Unpacker(limits).unpack(download, staged);
      context.progress("unpack", "done");
      return new Result.Staged(staged, "sha256 " + actual);
    } finally {
      Files.deleteIfExists(download);
    }
  }

  private Result checkOut(Version version, Source.Git source, ActionContext context)
      throws IOException {
    Path staged = releases.stage(version);
    return switch (git.checkOut(source, staged, context)) {
      case GitCheckout.Result.Failed(String reason) -> new Result.Failed(reason);
      case GitCheckout.Result.CheckedOut(String commit) ->
          compare(version, "commit " + commit)
              .orElseGet(() -> new Result.Staged(staged, "commit " + commit));
    };
  }

  /**
   * A version never changes: the same content is fine, different content under its name is not.
   * What was here before the agent may be either, so it is fetched again.
   */
  private Optional<Result> compare(Version version, String origin) throws IOException {
    return releases
        .origin(version)
        .filter(known -> !known.equals(Releases.UNKNOWN))
        .map(known ->
            known.equals(origin)
                ? new Result.Here(origin)
                : new Result.Failed(
                    "The version "
                        + version
                        + " is already installed with different content ("
                        + known
                        + ", requested "
                        + origin
                        + "). Use a new version for new content."));
  }
}
