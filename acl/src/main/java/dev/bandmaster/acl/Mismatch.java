package dev.bandmaster.acl;

/**
 * Why a rule does not apply to a request.
 *
 * @param allows what the rule is about instead, to follow "the rule": {@code "allows sre"}
 */
public record Mismatch(Facet facet, String allows) {

  /** The part of the rule that does not match, most helpful first. */
  public enum Facet {
    WHO,
    WHERE,
    TARGETS,
    ENVS,
    APPS,
    ARGUMENTS,
    UNLESS,
    EXTERNALLY_SHARED,
    ACTIONS
  }
}
