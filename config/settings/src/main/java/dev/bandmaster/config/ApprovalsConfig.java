package dev.bandmaster.config;

import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How long approvals wait, and whether there is a way round them.
 *
 * @param expires how long a request waits for people, where the rule says nothing else
 * @param dispatchWithin from the last yes until the job has to have begun
 * @param remind whether people are reminded once half of the time is over
 * @param groupsAge how old the knowledge of who is in which group may be when somebody approves
 *     something for a protected environment
 * @param emergency how a deploy goes without approval, if it may at all
 */
public record ApprovalsConfig(
    Duration expires,
    Duration dispatchWithin,
    boolean remind,
    Duration groupsAge,
    Optional<Emergency> emergency) {

  /** An hour to agree, a quarter of an hour to begin, and no way round. */
  public static final ApprovalsConfig STANDARD =
      new ApprovalsConfig(
          Duration.ofMinutes(60),
          Duration.ofMinutes(15),
          true,
          Duration.ofSeconds(60),
          Optional.empty());

  /**
   * Deploys that wait for nobody.
   *
   * @param channel id of the channel in which each of them is announced
   */
  public record Emergency(String channel) {
    static Emergency read(Section section) {
      return new Emergency(
          section
              .field("channel", Types.channel(), "Where each of them is announced as it begins.")
              .required());
    }
  }

  static ApprovalsConfig read(Section section) {
    return new ApprovalsConfig(
        section
            .duration(
                "expires",
                Duration.ofMinutes(1),
                Duration.ofDays(7),
                "How long a request waits for people, where the policy's rule says nothing else.")
            .orDefault(STANDARD.expires()),
        section
            .duration(
                "dispatch_within",
                Duration.ofMinutes(1),
                Duration.ofHours(24),
                "How soon after the last yes a job has to have begun; after that it is asked anew.")
            .orDefault(STANDARD.dispatchWithin()),
        section
            .trueOrFalse("remind", "Whether people are reminded once half of the time is over.")
            .orDefault(STANDARD.remind()),
        section
            .duration(
                "groups_age",
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                "How old the knowledge of who is in which Slack group may be when somebody votes"
                    + " on something for a protected environment.")
            .orDefault(STANDARD.groupsAge()),
        section
            .section(
                "emergency",
                Emergency::read,
                "Lets `codeupdate … --emergency` pass approvals and freezes, for those who have the"
                    + " right `emergency`. Without this section nobody passes them.")
            .optional());
  }
}
