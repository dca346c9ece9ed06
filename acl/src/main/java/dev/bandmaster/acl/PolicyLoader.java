package dev.bandmaster.acl;

import dev.bandmaster.yaml.BadConfigException;
import dev.bandmaster.yaml.Loaded;
import dev.bandmaster.yaml.Problem;
import java.util.List;

/** Reads a policy, checks it and runs its tests: the only way a policy comes into use. */
public final class PolicyLoader {
  private PolicyLoader() {}

  /**
   * Reads a policy that is fit for use.
   *
   * @param name how problems call the file
   * @param ids what ids look like
   * @param known what it may name
   * @throws BadConfigException with every mistake, or else with every test that fails
   */
  public static Loaded<Policy> load(String name, String text, IdSyntax ids, Vocabulary known) {
    var loaded = PolicyParser.parse(name, text, ids);
    var unknown = VocabularyCheck.problems(loaded.value(), known);
    if (!unknown.isEmpty()) {
      throw new BadConfigException(unknown);
    }
    var failures = failures(loaded.value());
    if (!failures.isEmpty()) {
      throw new BadConfigException(failures);
    }
    return loaded;
  }

  /** Reads a policy that may name anything. */
  public static Loaded<Policy> load(String name, String text, IdSyntax ids) {
    return load(name, text, ids, Vocabulary.OPEN);
  }

  /** The tests of a policy that fail, each at its line. */
  public static List<Problem> failures(Policy policy) {
    return policy.tests().stream()
        .flatMap(test ->
            test.failure(policy).stream().map(sentence -> new Problem(test.position(), sentence)))
        .toList();
  }
}
