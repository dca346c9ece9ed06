package dev.bandmaster.agent.intake;

import dev.bandmaster.config.RequiredApprovals;
import dev.bandmaster.model.FinalCode;
import dev.bandmaster.wire.Caller;
import dev.bandmaster.wire.Request;
import java.util.List;

/**
 * What this node's configuration demands to be approved is run only with enough approvals in the
 * signed request, so that a mistake in the bot's policy is not enough to have it run. A bypass in
 * an emergency counts only where the configuration accepts it.
 */
final class ApprovedEnough implements Stage {
  private final List<RequiredApprovals> required;
  private final boolean acceptBypass;

  ApprovedEnough(List<RequiredApprovals> required, boolean acceptBypass) {
    this.required = List.copyOf(required);
    this.acceptBypass = acceptBypass;
  }

  @Override
  public Verdict check(Request request) {
    String action = request.capability() + "." + request.action();
    String app = request.arguments().path("app").asText("");
    int needed =
        required.stream()
            .filter(rule -> rule.covers(action, app))
            .mapToInt(RequiredApprovals::count)
            .max()
            .orElse(0);
    Caller caller = request.caller();
    long approvals = approvals(caller);
    if (approvals >= needed || (caller.bypass() && acceptBypass)) {
      return Verdict.pass();
    }
    return new Verdict.Refuse(
        FinalCode.DENIED,
        caller.bypass()
            ? "This node does not accept an emergency without approval for %s. Its operators can set 'accept_bypass' in the agent's configuration."
                .formatted(action)
            : "This node requires %d approval%s for %s, and the request carries %d. Add an approve rule for it to the bot's policy, or change 'require_approvals' in the agent's configuration."
                .formatted(needed, needed == 1 ? "" : "s", action, approvals));
  }

  /** Each person once, and never the caller. */
  private static long approvals(Caller caller) {
    return caller.approvedBy().stream()
        .distinct()
        .filter(approver -> !approver.equals(caller.principal()))
        .filter(approver -> !caller.aliases().contains(approver))
        .count();
  }
}
