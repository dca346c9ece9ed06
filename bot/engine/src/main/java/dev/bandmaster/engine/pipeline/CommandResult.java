package dev.bandmaster.engine.pipeline;

import dev.bandmaster.acl.Decision;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.store.Change;
import dev.bandmaster.plugin.Message;
import java.util.List;
import java.util.Optional;

/** How the way of a command ends. */
public sealed interface CommandResult {

  /**
   * It is not done. Shown to the asker alone where others could read it.
   *
   * @param reason what happened, why, and what to do next
   * @param decision for the audit: {@code denied} by the rules or {@code refused} as not doable
   * @param suggestions whole commands that may have been meant, each offered as a button
   * @param form the command whose form is offered
   * @param basis what the policy decided, if it was the policy that said no
   * @param elsewhere where the command can be asked instead
   */
  record Refused(
      String reason,
      Verdict decision,
      List<String> suggestions,
      Optional<String> form,
      Optional<Decision> basis,
      Optional<Elsewhere> elsewhere)
      implements CommandResult {
    public Refused {
      suggestions = List.copyOf(suggestions);
    }

    private Refused(String reason, Verdict decision, Optional<Decision> basis) {
      this(reason, decision, List.of(), Optional.empty(), basis, Optional.empty());
    }

    /** The same with a place where the command can be asked instead. */
    Refused orIn(Optional<Elsewhere> place) {
      return new Refused(reason, decision, suggestions, form, basis, place);
    }

    static Refused mistake(String reason) {
      return new Refused(reason, Verdict.REFUSED, Optional.empty());
    }

    static Refused didYouMean(String reason, String suggestion) {
      return usage(reason, List.of(suggestion), Optional.empty());
    }

    /** A command that cannot be run as it was typed, with what may be meant. */
    static Refused usage(String reason, List<String> suggestions, Optional<String> form) {
      return new Refused(
          reason, Verdict.REFUSED, suggestions, form, Optional.empty(), Optional.empty());
    }

    /** The same with a sentence before its reason. */
    Refused after(String sentence) {
      return new Refused(sentence + " " + reason, decision, suggestions, form, basis, elsewhere);
    }

    /** Denied before the policy was asked. */
    static Refused denied(String reason) {
      return new Refused(reason, Verdict.DENIED, Optional.empty());
    }

    static Refused denied(Decision.Denied denied) {
      return deniedBy(denied, denied.reason());
    }

    /** What is no work for nodes is done at once, and so cannot wait for people. */
    static Refused cannotWait(String command) {
      return denied(
          "Nothing was done: a rule requires approval for '%s', but only work on nodes can wait for approval. Ask the policy's owners to allow or deny it."
              .formatted(command));
    }

    /** Denied by the policy, in words that tell more. */
    static Refused deniedBy(Decision decision, String reason) {
      return new Refused(reason, Verdict.DENIED, Optional.of(decision));
    }
  }

  /**
   * It is answered at once.
   *
   * @param changes what is to be kept together with the answer
   * @param renewal what is to be asked again instead, if it can be
   */
  record Answered(Message message, List<Change> changes, Optional<Resubmission> renewal)
      implements CommandResult {
    public Answered {
      changes = List.copyOf(changes);
    }

    Answered(Message message, List<Change> changes) {
      this(message, changes, Optional.empty());
    }

    public static Answered with(Message message) {
      return new Answered(message, List.of());
    }
  }

  /**
   * It became a job.
   *
   * @param changes what is to be kept together with it
   * @param word what is said beside the job's own message to the person who caused it, who is not
   *     the one it is for
   */
  record Opened(Job job, List<Change> changes, Optional<Message> word) implements CommandResult {
    public Opened {
      changes = List.copyOf(changes);
    }

    Opened(Job job, List<Change> changes) {
      this(job, changes, Optional.empty());
    }

    Opened withReply(Message message) {
      return new Opened(job, changes, Optional.of(message));
    }
  }

  /**
   * A command in a channel where the rules allow it, perhaps once others approve.
   *
   * @param channel the channel's id
   * @param command the whole command
   */
  record Elsewhere(String channel, String command) {}

  /** Who said no. */
  enum Verdict {
    /** The access rules. */
    DENIED,
    /** The facts: a typing error, an unknown node, a release that is not there. */
    REFUSED
  }
}
