package dev.bandmaster.acl;

import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Loaded;
import dev.bandmaster.yaml.Position;
import dev.bandmaster.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What people do with policy files before they put them in place. */
public final class PolicyTool {

  /**
   * What to print, and how to end.
   *
   * @param exitCode 0 on success, 1 if something must be fixed
   */
  public record Report(int exitCode, List<String> lines) {
    public Report {
      lines = List.copyOf(lines);
    }
  }

  private PolicyTool() {}

  /** Everything the bot does before it uses a file. */
  public static Report check(Path file, IdSyntax ids, Vocabulary known) {
    return attempt(() -> {
      var loaded = PolicyLoader.load(name(file), text(file), ids, known);
      var policy = loaded.value();
      var summary =
          "%s is valid: %d rules, %d tests passed, hash %s"
              .formatted(
                  name(file),
                  policy.rules().size(),
                  policy.tests().size(),
                  policy.hash().substring(0, 12));
      List<String> lines = append(warnings(loaded), summary);
      return new Report(
          0,
          known.environments().isEmpty()
              ? append(
                  lines,
                  "Names of environments and apps were not checked: add --config with the bot's configuration.")
              : lines);
    });
  }

  /** Runs the tests in a file and shows each. */
  public static Report test(Path file, IdSyntax ids) {
    return attempt(() -> {
      var policy = parse(file, ids);
      List<String> lines = new ArrayList<>();
      var failed = 0;
      for (var test : policy.tests()) {
        var failure = test.failure(policy);
        failed += failure.isPresent() ? 1 : 0;
        lines.add(
            failure
                .map(sentence -> "FAILED " + test.position() + ": " + sentence)
                .orElseGet(() -> "passed " + test.position() + ": " + words(test)));
      }
      lines.add("%d tests, %d failed".formatted(policy.tests().size(), failed));
      return new Report(failed == 0 ? 0 : 1, lines);
    });
  }

  /** What a file would say to a request, and why; does not need its tests to pass. */
  public static Report explain(Path file, Request request, IdSyntax ids) {
    return attempt(() -> {
      var explanation = parse(file, ids).explain(request);
      List<String> lines = new ArrayList<>();
      lines.add(outcome(explanation.decision()) + ": " + explanation.decision().reason());
      for (var verdict : explanation.verdicts()) {
        lines.add("  " + words(verdict));
      }
      return new Report(0, lines);
    });
  }

  /**
   * How two files differ: rules that came, went or changed, and requests from the tests of either
   * that end differently.
   */
  public static Report diff(Path before, Path after, IdSyntax ids) {
    return attempt(() -> new Report(0, PolicyDiff.between(parse(before, ids), parse(after, ids))));
  }

  private static String words(Explanation.Verdict verdict) {
    var rule = verdict.rule();
    var effect = rule.effect().name().toLowerCase(Locale.ROOT);
    return verdict.applies()
        ? "%s %s applies".formatted(effect, rule.inWords())
        : "%s %s does not apply: it %s"
            .formatted(
                effect,
                rule.inWords(),
                String.join("; it ", verdict.mismatches().stream().map(Mismatch::allows).toList()));
  }

  private static String words(PolicyTest test) {
    return "%s asking %s ends in %s"
        .formatted(
            test.request().principal().user(), test.request().inWords(), test.expected().word());
  }

  private static String outcome(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> "allowed";
      case Decision.Denied denied -> "denied";
      case Decision.NeedsApproval approval -> "needs approval";
    };
  }

  private static Policy parse(Path file, IdSyntax ids) {
    return PolicyParser.parse(name(file), text(file), ids).value();
  }

  private static List<String> warnings(Loaded<Policy> loaded) {
    return loaded.warnings().stream().map(warning -> "warning: " + warning).toList();
  }

  private static List<String> append(List<String> lines, String last) {
    return Stream.concat(lines.stream(), Stream.of(last)).toList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new BadConfigException(
          List.of(
              new Problem(
                  new Position(name(file), 1, 1), "the file cannot be read: " + unreadable)));
    }
  }

  private static String name(Path file) {
    return Optional.ofNullable(file.getFileName()).orElse(file).toString();
  }

  private static Report attempt(Supplier<Report> work) {
    try {
      return work.get();
    } catch (BadConfigException bad) {
      return new Report(1, bad.problems().stream().map(Problem::toString).toList());
    }
  }
}
