package dev.bandmaster.acl;

/**
 * What a rule with the effect "approve" asks for.
 *
 * @param approvers who may say yes
 * @param count how many different people must
 */
public record Approval(Who approvers, int count) {
  public Approval {
    if (count < 1) {
      throw new IllegalArgumentException("an approval needs at least one person");
    }
  }
}
