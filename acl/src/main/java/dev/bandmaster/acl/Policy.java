package dev.bandmaster.acl;

import dev.bandmaster.acl.Decision.Allowed;
import dev.bandmaster.acl.Decision.Denied;
import dev.bandmaster.acl.Decision.NeedsApproval;
import dev.bandmaster.acl.Explanation.Verdict;
import dev.bandmaster.acl.Mismatch.Facet;
import dev.bandmaster.acl.Principal.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A whole policy, ready to decide. Immutable; may be used by many threads.
 *
 * <p>Nothing is allowed unless a rule allows it. Any deny that applies wins, an approve wins over
 * an allow, and the order of rules means nothing. What cannot be evaluated is denied.
 */
public final class Policy {
  private static final Comparator<Verdict> NEAREST_FIRST =
      Comparator.comparingInt((Verdict verdict) -> verdict.mismatches().size())
          .thenComparing(verdict -> verdict.mismatches().getFirst().facet())
          .thenComparingInt(verdict -> verdict.rule().position().line());

  private final String hash;
  private final List<Rule> rules;
  private final List<Rule> denying;
  private final RuleIndex approving;
  private final RuleIndex allowing;
  private final Set<String> protectedEnvs;
  private final List<PolicyTest> tests;
  private final RuleMatcher matcher;

  Policy(
      String hash,
      List<Rule> rules,
      Set<String> protectedEnvs,
      List<PolicyTest> tests,
      RuleMatcher matcher) {
    this.hash = hash;
    this.rules = List.copyOf(rules);
    this.denying = having(Effect.DENY);
    this.approving = new RuleIndex(having(Effect.APPROVE));
    this.allowing = new RuleIndex(having(Effect.ALLOW));
    this.protectedEnvs = Set.copyOf(protectedEnvs);
    this.tests = List.copyOf(tests);
    this.matcher = matcher;
  }

  /** SHA-256 of the text the policy was read from, in hexadecimal. */
  public String hash() {
    return hash;
  }

  public List<Rule> rules() {
    return rules;
  }

  /** Protected environments. */
  public Set<String> protectedEnvs() {
    return protectedEnvs;
  }

  /** The tests written in the file. */
  public List<PolicyTest> tests() {
    return tests;
  }

  /** Decides; never throws, because what throws must not run either. */
  public Decision decide(Request request) {
    try {
      return decideOrThrow(request);
    } catch (RuntimeException broken) {
      return new Denied(Reasons.broken(request), List.of(), hash);
    }
  }

  /** Decides and shows how. */
  public Explanation explain(Request request) {
    var verdicts = rules.stream().map(rule -> verdict(rule, request)).toList();
    var age =
        request
            .principal()
            .groupsAsOf()
            .map(asOf -> Duration.between(asOf, request.time()))
            .map(duration -> duration.isNegative() ? Duration.ZERO : duration);
    return new Explanation(request, decide(request), verdicts, nearest(request), age);
  }

  /**
   * Whether there is any environment, app or argument with which this person might run the action
   * here: what help and suggestions show. Saying yes is no permission.
   *
   * @param action a command, also one whose modules have rules of their own
   */
  public boolean couldEverAllow(Principal principal, Channel channel, String action) {
    return couldEverAllow(principal, channel, action, Optional.empty(), Optional.empty());
  }

  /**
   * The same where it is known in which environment or on which app: what may be offered by name.
   *
   * @param env the environment; empty for any
   * @param app the application; empty for any
   */
  public boolean couldEverAllow(
      Principal principal,
      Channel channel,
      String action,
      Optional<String> env,
      Optional<String> app) {
    return Stream.of(allowing, approving)
            .flatMap(index -> about(index, env, app).stream())
            .anyMatch(rule -> opens(rule, principal, channel, action, env, app))
        && denying.stream().noneMatch(rule -> closes(rule, principal, channel, action, env, app));
  }

  /** The rules that may match where only some of it is known. */
  private static List<Rule> about(RuleIndex index, Optional<String> env, Optional<String> app) {
    if (app.isPresent()) {
      return env.isPresent() ? index.about(app.get(), env.get()) : index.aboutApp(app.get());
    }
    return env.map(index::aboutEnv).orElseGet(index::all);
  }

  private static boolean closes(
      Rule rule,
      Principal principal,
      Channel channel,
      String action,
      Optional<String> env,
      Optional<String> app) {
    return rule.actions().matches(action)
        && rule.where().matches(channel)
        && rule.who().forbids(principal)
        && (rule.envs().isEverything() || env.filter(rule.envs()::matches).isPresent())
        && (rule.apps().isEverything() || app.filter(rule.apps()::matches).isPresent())
        && rule.arguments().isEmpty()
        && rule.unless().isEmpty();
  }

  private static boolean opens(
      Rule rule,
      Principal principal,
      Channel channel,
      String action,
      Optional<String> env,
      Optional<String> app) {
    return rule.actions().mayBeginWith(action)
        && (app.isEmpty() || rule.apps().matches(app.get()))
        && (env.isEmpty() || rule.envs().matches(env.get()))
        && rule.where().matches(channel)
        && rule.who().grants(principal)
        && (!channel.externallyShared() || rule.externallyShared());
  }

  private Decision decideOrThrow(Request request) {
    if (request.principal().kind() == Kind.DEACTIVATED) {
      return new Denied(Reasons.deactivated(request), List.of(), hash);
    }
    for (var rule : denying) {
      var stopped = stopped(rule, request);
      if (stopped.isPresent()) {
        return stopped.get();
      }
    }
    var toApprove = granting(approving, request);
    var toAllow = granting(allowing, request);
    var granting = Stream.concat(toApprove.stream(), toAllow.stream()).toList();
    if (granting.isEmpty()) {
      return new Denied(refusal(request), List.of(), hash);
    }
    return granted(request, toApprove, granting);
  }

  /** An error in a deny rule denies: a mistake must not open a door. */
  private Optional<Decision> stopped(Rule rule, Request request) {
    try {
      return matcher.applies(rule, request)
          ? Optional.of(new Denied(Reasons.forbidden(request, rule), List.of(rule.id()), hash))
          : Optional.empty();
    } catch (RuntimeException broken) {
      return Optional.of(new Denied(Reasons.brokenDeny(request, rule), List.of(rule.id()), hash));
    }
  }

  private List<Rule> granting(RuleIndex index, Request request) {
    return index.about(request.app(), request.env()).stream()
        .filter(rule -> grants(rule, request))
        .toList();
  }

  /** An error in a rule that gives a right: the rule does not apply. */
  private boolean grants(Rule rule, Request request) {
    try {
      return matcher.applies(rule, request);
    } catch (RuntimeException broken) {
      return false;
    }
  }

  private Decision granted(Request request, List<Rule> toApprove, List<Rule> granting) {
    var ids = granting.stream().map(Rule::id).toList();
    var parallel = granting.stream().flatMapToInt(rule -> rule.maxParallel().stream()).min();
    var confirm = confirm(request, granting);
    if (toApprove.isEmpty()) {
      return new Allowed(Reasons.allowed(granting.getFirst()), ids, hash, confirm, parallel);
    }
    var approvals = toApprove.stream().flatMap(rule -> rule.approval().stream()).toList();
    var reason = Reasons.approval(toApprove);
    return new NeedsApproval(reason, ids, hash, approvals, confirm, parallel);
  }

  private static boolean confirm(Request request, List<Rule> granting) {
    return request.targets().filter(targets -> !targets.filtered()).isPresent()
        && granting.stream().noneMatch(rule -> rule.fleetWide() == FleetWide.ALLOW);
  }

  private String refusal(Request request) {
    var kind = request.principal().kind();
    return kind == Kind.MEMBER
        ? Reasons.notAllowed(request, nearest(request))
        : Reasons.account(request, kind);
  }

  /** Only rules about the same action: others would be no help. */
  private Optional<Verdict> nearest(Request request) {
    return rules.stream()
        .filter(rule -> rule.effect() != Effect.DENY)
        .filter(rule -> rule.actions().matches(request.action()))
        .map(rule -> verdict(rule, request))
        .filter(verdict -> !verdict.applies())
        .map(Policy::mostSpecificFirst)
        .min(NEAREST_FIRST);
  }

  private static Verdict mostSpecificFirst(Verdict verdict) {
    var sorted =
        verdict.mismatches().stream().sorted(Comparator.comparing(Mismatch::facet)).toList();
    return new Verdict(verdict.rule(), sorted);
  }

  private Verdict verdict(Rule rule, Request request) {
    try {
      return new Verdict(rule, matcher.mismatches(rule, request));
    } catch (RuntimeException broken) {
      return new Verdict(
          rule, List.of(new Mismatch(Facet.UNLESS, "could not be evaluated for this request")));
    }
  }

  private List<Rule> having(Effect effect) {
    return rules.stream().filter(rule -> rule.effect() == effect).toList();
  }
}
