package dev.bandmaster.agent.deploy;

import dev.bandmaster.agent.action.ActionContext;
import dev.bandmaster.agent.process.Cancellation;
import dev.bandmaster.agent.process.ProgramCall;
import dev.bandmaster.agent.process.ProgramOutcome;
import dev.bandmaster.agent.process.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a git ref out by running git. Refs and repository are arguments of their own behind a
 * {@code --}, prompts are off, and only transports that fetch are allowed.
 */
final class GitCheckout {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH",
          Supervisor.DEFAULT_PATH,
          "GIT_TERMINAL_PROMPT",
          "0",
          "GIT_ALLOW_PROTOCOL",
          "file:https:http:ssh",
          "HOME",
          System.getProperty("user.home"),
          "LC_ALL",
          "C.UTF-8");

  private final Supervisor supervisor;

  GitCheckout(Supervisor supervisor) {
    this.supervisor = supervisor;
  }

  /** How a checkout ended. */
  sealed interface Result {
    /** It is there; the full commit. */
    record CheckedOut(String commit) implements Result {}

    /** It is not; the reason is a sentence. */
    record Failed(String reason) implements Result {}
  }

  /** Checks out into an empty directory and removes git's own files from it. */
  Result checkOut(Source.Git source, Path directory, ActionContext context) throws IOException {
    List<List<String>> calls =
        List.of(
            List.of("git", "init", "--quiet", "."),
            List.of(
                "git", "fetch", "--quiet", "--depth=1", "--", source.repository(), source.ref()),
            List.of("git", "checkout", "--quiet", "--detach", "FETCH_HEAD"));
    for (List<String> call : calls) {
      ProgramOutcome outcome = context.run(call, directory, ENVIRONMENT);
      if (!outcome.succeeded()) {
        return new Result.Failed(
            "git " + call.get(1) + " of " + source.ref() + " failed: " + outcome.inWords() + ".");
      }
    }
    String commit = head(directory, context);
    Optional<String> expected = source.commit().filter(wanted -> !wanted.equals(commit));
    if (expected.isPresent()) {
      return new Result.Failed(
          "The ref "
              + source.ref()
              + " points to commit "
              + commit
              + ", not to "
              + expected.get()
              + ": it has moved.");
    }
    Trees.remove(directory.resolve(".git"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Result.CheckedOut(commit);
  }

  private String head(Path directory, ActionContext context) {
    StringBuilder printed = new StringBuilder();
    supervisor.run(
        new ProgramCall(
            List.of("git", "rev-parse", "--verify", "HEAD"),
            directory,
            ENVIRONMENT,
            context.remaining()),
        (_, text) -> printed.append(text),
        new Cancellation());
    return printed.toString().strip();
  }
}
