package dev.bandmaster.acl;

import dev.bandmaster.yaml.Field;
import dev.bandmaster.yaml.Kind;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one rule. */
record RuleReader(PolicyKinds kinds, Map<String, List<String>> groups) {
  /** Far above any fleet this is made for. */
  private static final int MOST_NODES = 100_000;

  /** Shorter than it takes to read what is asked. */
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** Who approves a week later approves something else. */
  private static final Duration LONGEST = Duration.ofDays(7);

  Rule read(Section section) {
    var effect =
        section
            .field("effect", Kinds.choice(Effect.class), "The rule's effect when it applies.")
            .required();
    return new Rule(
        section.name("id", "The rule's name, unique in the file; shown in answers.").required(),
        section.position(),
        effect,
        who(section, "People the rule applies to.").required(),
        where(section, "Channels the rule applies in.").required(),
        scope(section, "actions", "Commands; modules of `adhoc` as `adhoc:uptime`.").required(),
        scope(section, "apps", "Apps; only `\"*\"` covers commands without an app.").required(),
        scope(section, "envs", "Environments; only `\"*\"` covers commands without an environment.")
            .required(),
        arguments(section),
        section
            .section(
                "unless",
                this::unless,
                "Exception: the rule does not apply if all of this matches.")
            .optional(),
        section
            .field("max_targets", PolicyKinds.targetLimit(), "Maximum number of target nodes.")
            .optional(),
        section
            .field(
                "more_than",
                PolicyKinds.targetLimit(),
                "The rule applies only to more target nodes than this.")
            .optional(),
        section
            .integer(
                "max_parallel",
                1,
                MOST_NODES,
                "Maximum number of nodes in progress at the same time.")
            .optional()
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()),
        section
            .field(
                "fleet_wide",
                Kinds.choice(FleetWide.class),
                "Whether it covers commands without a node filter.")
            .orDefault(FleetWide.REFUSE),
        section
            .trueOrFalse(
                "ext_shared",
                "Whether it also applies in channels shared with other organizations.")
            .orDefault(false),
        approval(section, effect),
        section.text("note", "Explanation shown to people this rule denies.").optional());
  }

  private Optional<Approval> approval(Section section, Effect effect) {
    var approval =
        section
            .section(
                "approve",
                this::approval,
                "The approvals required; set exactly when the effect is `approve`.")
            .optional();
    if (effect == Effect.APPROVE && !section.has("approve")) {
      section.refuse("effect", "is approve, so the rule needs 'approve' with approvers");
    }
    if (effect != Effect.APPROVE && approval.isPresent()) {
      section.refuse("approve", "is only valid in rules with the effect approve");
    }
    return effect == Effect.APPROVE
        ? approval.or(() -> Optional.of(Approval.of(unnamed(), 1)))
        : Optional.empty();
  }

  private Approval approval(Section section) {
    List<Requirement> requirements = new ArrayList<>();
    requirements.add(requirement(section));
    requirements.addAll(
        section
            .list(
                "and",
                Kinds.section(this::requirement),
                "Further approvals required from other people; each person counts once.")
            .orDefault(List.of()));
    return new Approval(
        requirements,
        section
            .integer("denials", 1, Requirement.MOST, "Number of rejections that end the request.")
            .orDefault(1),
        section
            .duration(
                "expires",
                SHORTEST,
                LONGEST,
                "How long the request waits; default: `approvals.expires` in the configuration.")
            .optional(),
        section
            .trueOrFalse("hold", "Whether someone has to run `start` after approval.")
            .orDefault(false),
        section
            .duration(
                "reuse_for",
                SHORTEST,
                LONGEST,
                "How long the same person may repeat exactly the same job without a new "
                    + "approval.")
            .optional());
  }

  private Requirement requirement(Section section) {
    return new Requirement(
        section
            .field("approvers", kinds.who(groups), "People who may approve.")
            .where(who -> !who.anyone(), "must name people or groups, not everyone")
            .required(),
        section
            .integer(
                "count",
                1,
                Requirement.MOST,
                "Number of approvals required, each from a different person.")
            .orDefault(1));
  }

  private Unless unless(Section section) {
    var unless =
        new Unless(
            who(section, "People.").optional(),
            where(section, "Channels.").optional(),
            scope(section, "actions", "Commands.").optional(),
            scope(section, "apps", "Apps.").optional(),
            scope(section, "envs", "Environments.").optional(),
            arguments(section));
    var conditions = List.of("who", "where", "actions", "apps", "envs", "arguments");
    if (conditions.stream().noneMatch(section::has)) {
      section.refuse("'unless' needs at least one of: " + String.join(", ", conditions));
    }
    return unless;
  }

  private Field<Who> who(Section section, String description) {
    return section.field("who", kinds.who(groups), description);
  }

  private Field<Where> where(Section section, String description) {
    return section.field("where", kinds.where(), description);
  }

  private static Field<Scope> scope(Section section, String key, String description) {
    return section.field(key, PolicyKinds.scope(), description);
  }

  private static Map<String, Scope> arguments(Section section) {
    Kind<Scope> patterns = PolicyKinds.scope();
    return section
        .map("arguments", patterns, "Patterns for parsed arguments, by argument name.")
        .orDefault(Map.of());
  }

  /** Placeholder if the file names no approvers, which is already reported. */
  private Who unnamed() {
    return kinds.who(groups).placeholder();
  }
}
