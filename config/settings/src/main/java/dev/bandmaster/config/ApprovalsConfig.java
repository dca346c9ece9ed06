package dev.bandmaster.config;

import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * How long approvals wait, and whether there is a way round them.
 *
 * @param expires how long a request waits for people, where the rule says nothing else
 * @param dispatchWithin from the last yes until the job has to have begun
 * @param remind whether people are reminded once half of the time is over
 * @param groupsAge maximum age of cached group membership when someone approves something for a
 *     protected environment
 * @param reach how those who may approve learn of a request
 * @param mention who is mentioned below each new request
 * @param emergency how a deploy goes without approval, if it may at all
 */
public record ApprovalsConfig(
    Duration expires,
    Duration dispatchWithin,
    boolean remind,
    Duration groupsAge,
    Reach reach,
    Optional<Emergency> emergency,
    Optional<String> mention) {

  /** How those who may approve learn of a request. */
  public enum Reach {
    /** Groups are mentioned in the channel. */
    GROUP,
    /** Each member gets a direct message as well. */
    MEMBERS
  }

  /** An hour to agree, a quarter of an hour to begin, and no way round. */
  public static final ApprovalsConfig STANDARD =
      new ApprovalsConfig(
          Duration.ofMinutes(60),
          Duration.ofMinutes(15),
          true,
          Duration.ofSeconds(60),
          Reach.GROUP,
          Optional.empty(),
          Optional.empty());

  /**
   * Deploys that wait for nobody.
   *
   * @param channel id of the channel in which each of them is announced
   */
  public record Emergency(String channel) {
    static Emergency read(Section section, ChatIds ids) {
      return new Emergency(
          section
              .field(
                  "channel",
                  ids.channel().kind(),
                  "Channel in which every emergency deploy is announced when it starts.")
              .required());
    }
  }

  /** The same, mentioning somebody below new requests. */
  ApprovalsConfig mentioning(String group) {
    return new ApprovalsConfig(
        expires, dispatchWithin, remind, groupsAge, reach, emergency, Optional.of(group));
  }

  static ApprovalsConfig read(Section section, ChatIds ids) {
    return new ApprovalsConfig(
        section
            .duration(
                "expires",
                Duration.ofMinutes(1),
                Duration.ofDays(7),
                "How long a request waits for approval, unless the policy rule sets its own "
                    + "time.")
            .orDefault(STANDARD.expires()),
        section
            .duration(
                "dispatch_within",
                Duration.ofMinutes(1),
                Duration.ofHours(24),
                "How soon after the last approval a job must start; after that, a new "
                    + "approval is requested.")
            .orDefault(STANDARD.dispatchWithin()),
        section
            .trueOrFalse("remind", "Whether to remind approvers after half of the time.")
            .orDefault(STANDARD.remind()),
        section
            .duration(
                "groups_age",
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                "Maximum age of cached Slack group membership when someone votes on a job "
                    + "for a protected environment.")
            .orDefault(STANDARD.groupsAge()),
        section
            .field(
                "notify",
                Kinds.choice(Reach.class),
                "Who is notified of a request: `group` mentions the group in the channel, "
                    + "`members` also sends each member a direct message.")
            .orDefault(STANDARD.reach()),
        section
            .section(
                "emergency",
                inner -> Emergency.read(inner, ids),
                "Lets people with the right `emergency` bypass approvals and freezes with "
                    + "`--emergency`, to deploy or to go back. Without this section nobody can.")
            .optional(),
        section
            .field(
                "mention",
                AlertRouteConfig.mention(ids),
                "Who is mentioned below each new request for approval: a user group, or `oncall:` "
                    + "and a team of `oncall`. Without this key nobody.")
            .optional());
  }
}
