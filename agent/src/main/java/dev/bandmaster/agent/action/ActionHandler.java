package dev.bandmaster.agent.action;

/** The work of one action. */
@FunctionalInterface
public interface ActionHandler {

  /**
   * Does the work and returns its outcome. Runs on a thread of its own, which is interrupted when
   * the work has to end early. Whatever it throws becomes a {@code FAILED} final.
   */
  ActionOutcome run(ActionContext context) throws Exception;
}
