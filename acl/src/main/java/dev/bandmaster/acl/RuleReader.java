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
            .field("effect", Kinds.choice(Effect.class), "What the rule does when it applies.")
            .required();
    return new Rule(
        section.name("id", "The rule's name, one in the file; people see it.").required(),
        section.position(),
        effect,
        who(section, "Whom the rule is about.").required(),
        where(section, "Where the command is typed.").required(),
        scope(section, "actions", "Commands; modules of `adhoc` as `adhoc:uptime`.").required(),
        scope(section, "apps", "Apps; only `\"*\"` covers commands that name none.").required(),
        scope(section, "envs", "Environments; only `\"*\"` covers commands that name none.")
            .required(),
        arguments(section),
        section
            .section("unless", this::unless, "When all of this holds, the rule does not apply.")
            .optional(),
        section
            .field("max_targets", PolicyKinds.targetLimit(), "The most nodes it covers.")
            .optional(),
        section
            .field(
                "more_than",
                PolicyKinds.targetLimit(),
                "It applies only to work on more nodes than this.")
            .optional(),
        section
            .integer("max_parallel", 1, MOST_NODES, "How many nodes may work at once.")
            .optional()
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()),
        section
            .field(
                "fleet_wide",
                Kinds.choice(FleetWide.class),
                "What it says to a command that was not narrowed down to some nodes.")
            .orDefault(FleetWide.REFUSE),
        section
            .trueOrFalse(
                "ext_shared", "Whether it also counts in channels shared with other organisations.")
            .orDefault(false),
        approval(section, effect),
        section.text("note", "What people whom this deny stops should know.").optional());
  }

  private Optional<Approval> approval(Section section, Effect effect) {
    var approval =
        section
            .section(
                "approve", this::approval, "Who must agree; exactly when the effect is `approve`.")
            .optional();
    if (effect == Effect.APPROVE && !section.has("approve")) {
      section.refuse("effect", "is approve, so the rule needs 'approve' with its approvers");
    }
    if (effect != Effect.APPROVE && approval.isPresent()) {
      section.refuse("approve", "belongs to rules with the effect approve");
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
                "Others who must agree besides; nobody counts twice.")
            .orDefault(List.of()));
    return new Approval(
        requirements,
        section
            .integer("denials", 1, Requirement.MOST, "How many of them end it by saying no.")
            .orDefault(1),
        section
            .duration(
                "expires",
                SHORTEST,
                LONGEST,
                "How long it waits for them; `approvals.expires` of the configuration if left out.")
            .optional(),
        section
            .trueOrFalse("hold", "Whether somebody has to say `start` once it is approved.")
            .orDefault(false),
        section
            .duration(
                "reuse_for",
                SHORTEST,
                LONGEST,
                "How long the very same may be done again by the same person without asking anew.")
            .optional());
  }

  private Requirement requirement(Section section) {
    return new Requirement(
        section
            .field("approvers", kinds.who(groups), "Who may agree.")
            .where(who -> !who.anyone(), "must name people or groups, not everybody")
            .required(),
        section
            .integer("count", 1, Requirement.MOST, "How many different people must agree.")
            .orDefault(1));
  }

  private Unless unless(Section section) {
    var unless =
        new Unless(
            who(section, "These people.").optional(),
            where(section, "In these places.").optional(),
            scope(section, "actions", "For these commands.").optional(),
            scope(section, "apps", "For these apps.").optional(),
            scope(section, "envs", "In these environments.").optional(),
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
        .map("arguments", patterns, "Patterns that parsed arguments must match, by name.")
        .orDefault(Map.of());
  }

  /** Stands in where the file names no approvers, which is already reported. */
  private Who unnamed() {
    return kinds.who(groups).placeholder();
  }
}
