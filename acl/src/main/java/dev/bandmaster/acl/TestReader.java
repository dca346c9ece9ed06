package dev.bandmaster.acl;

import dev.bandmaster.acl.PolicyTest.Expected;
import dev.bandmaster.acl.Principal.Kind;
import dev.bandmaster.model.Nearest;
import dev.bandmaster.yaml.Kinds;
import dev.bandmaster.yaml.Section;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one test of a policy file. */
record TestReader(PolicyKinds kinds, Map<String, List<String>> groups) {
  /** The own workspace, where a test does not care which one that is. */
  private static final String OWN_TEAM = "T-OWN";

  PolicyTest read(Section section) {
    var request =
        new Request(
            principal(section),
            channel(section),
            section.text("do", "The command, as in the rules.").required(),
            section.text("app", "The app.").orDefault(""),
            section.text("env", "The environment.").orDefault(""),
            section.map("arguments", Kinds.text(), "The arguments, by name.").orDefault(Map.of()),
            targets(section),
            Instant.EPOCH);
    return new PolicyTest(
        section.position(),
        request,
        section.field("expect", Kinds.choice(Expected.class), "The expected decision.").required(),
        section
            .text("by_rule", "The id of a rule that must be among the deciding rules.")
            .optional());
  }

  private Principal principal(Section section) {
    var as = section.field("as", kinds.user(), "The requester.").required();
    var words =
        section
            .list("groups", Kinds.text(), "Groups the requester is in, by name or id.")
            .orDefault(List.of());
    var kind =
        section.field("kind", Kinds.choice(Kind.class), "The account type.").orDefault(Kind.MEMBER);
    Set<String> ids = new HashSet<>();
    for (var word : words) {
      if (groups.containsKey(word)) {
        groups.getOrDefault(word, List.of()).stream()
            .filter(kinds.ids().group()::matches)
            .forEach(ids::add);
      } else if (kinds.ids().group().matches(word)) {
        ids.add(word);
      } else {
        section.refuse(
            "groups",
            "names '%s', which is not defined under 'groups'%s"
                .formatted(word, Nearest.hint(word, groups.keySet())));
      }
    }
    var colon = as.indexOf(':');
    if (PolicyKinds.isService(as)) {
      kind = Kind.BOT;
    }
    return Principal.of(
        colon < 0 ? OWN_TEAM : as.substring(0, colon), as.substring(colon + 1), ids, kind);
  }

  private Channel channel(Section section) {
    var in =
        section
            .text("in", "The channel: `dm` or a channel id.")
            .where(
                kinds::isPlace,
                "must be dm or a channel id (%s)".formatted(kinds.ids().channel().example()))
            .required();
    var shared =
        section
            .trueOrFalse("ext_shared", "Whether the channel is shared with other organizations.")
            .orDefault(false);
    return new Channel(in, in.equals("dm"), shared);
  }

  private static Optional<Targets> targets(Section section) {
    return section
        .section(
            "targets",
            inner -> {
              var count = inner.integer("count", 0, 100_000, "Number of target nodes.").required();
              var fleet =
                  inner
                      .integer("fleet", 0, 100_000, "Number of nodes in the fleet.")
                      .orDefault(count);
              return new Targets(
                  count,
                  Math.max(count, fleet),
                  inner
                      .trueOrFalse("filtered", "Whether a node filter was given.")
                      .orDefault(true));
            },
            "The target nodes; if omitted, the request is decided before its targets are "
                + "known.")
        .optional();
  }
}
