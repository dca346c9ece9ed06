package dev.bandmaster.acl;

/**
 * A number of people out of some who must agree.
 *
 * @param approvers who may say yes; never everybody
 * @param count how many different people must
 */
public record Requirement(Who approvers, int count) {
  /** Nobody waits for more people than this. */
  public static final int MOST = 20;

  public Requirement {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("an approval needs at least one person, at most " + MOST);
    }
  }

  /** As in a sentence: {@code 2 of group sre}. */
  public String inWords() {
    return count + " of " + approvers.inWords();
  }
}
