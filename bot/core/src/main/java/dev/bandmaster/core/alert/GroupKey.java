package dev.bandmaster.core.alert;

/**
 * What alerts are about: those of one topic share one message.
 *
 * @param rule what sort of thing is wrong, one word such as {@code node_down}
 * @param collective the fleet; empty where it does not matter
 * @param environment empty where it concerns all of them
 * @param qualifier tells apart what would be one topic otherwise; may be empty
 */
public record GroupKey(String rule, String collective, String environment, String qualifier) {

  private static final String OUTSIDE = "webhook:";

  /**
   * Of what a system outside tells, by its name. What two of them call the same is not the same.
   */
  public static GroupKey outside(
      String source, String rule, String collective, String environment) {
    return new GroupKey(rule, collective, environment, OUTSIDE + source);
  }

  /**
   * Whether a system outside says when it is over. It may be gone for good before it does, so
   * people may say it too.
   */
  public boolean isFromOutside() {
    return qualifier.startsWith(OUTSIDE);
  }

  /** One line that is the same for the same topic and for no other. */
  public String key() {
    return String.join("|", rule, collective, environment, qualifier);
  }
}
