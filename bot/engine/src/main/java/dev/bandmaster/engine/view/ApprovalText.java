package dev.bandmaster.engine.view;

import dev.bandmaster.acl.Requirement;
import dev.bandmaster.acl.Who;
import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.Tally;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What people are notified of of requests for approval, beside the job's own message. Pure. */
public final class ApprovalText {
  private static final String GROUP = "group ";

  /** Requests in one list; who has more of them looks at the home tab. */
  private static final int MOST_LISTED = 20;

  private ApprovalText() {}

  /** One line in the job's thread for each vote, and for one that is taken back. */
  public static Message vote(Approval after, Vote vote) {
    Text who = Text.plain(vote.withdrawn() ? "↩️ " : vote.yes() ? "👍 " : "👎 ");
    Text did = who.person(vote.voter().user());
    if (vote.withdrawn()) {
      return paragraph(did.and(" withdrew the vote: ").and(standing(after)));
    }
    return vote.yes()
        ? paragraph(did.and(" approved: ").and(standing(after)))
        : paragraph(did.and(" rejected" + (vote.reason().isBlank() ? "." : ": " + vote.reason())));
  }

  /** The direct message to the requester, when the request has been decided or has come back. */
  public static Message toRequester(ApprovalView look) {
    Approval approval = look.approval();
    Text text = name(approval).and("  ");
    return paragraph(
        switch (approval.state().status()) {
          case PENDING ->
              text.and(
                      approval.tally().isComplete()
                          ? "is approved, but could not start. "
                          : "needs approval again. ")
                  .and(approval.state().note())
                  .and(
                      approval.tally().isComplete()
                          ? Text.sentence(" Run `start %d` to retry".formatted(approval.number()))
                          : Text.plain(" Still needed: ").and(missing(approval)))
                  .and(", until ")
                  .moment(approval.expires())
                  .and(".");
          case APPROVED, DISPATCHED ->
              approval.isHeld()
                  ? text.and("is approved and on hold: run ")
                      .code("start %d".formatted(approval.number()))
                      .and(" by ")
                      .moment(approval.dispatchBefore().orElse(approval.expires()))
                      .and(".")
                  : look.obstacle()
                      .map(obstacle ->
                          text.and("is approved. ")
                              .and(verdict(look))
                              .and(". " + obstacle)
                              .and(lapses(approval)))
                      .orElseGet(() -> text.and("may start. ").and(verdict(look)));
          case DENIED, EXPIRED, CANCELLED, SUPERSEDED, LAPSED ->
              text.and("does not start. ").and(verdict(look));
        });
  }

  /** What reaches those who may approve when it is asked: they are mentioned. */
  public static Message request(Approval approval) {
    return paragraph(
        Text.plain("✋ ")
            .and(name(approval))
            .and(" for ")
            .person(approval.requester().user())
            .and(" needs ")
            .and(mentioning(outstanding(approval)))
            .and(" until ")
            .moment(approval.expires())
            .and(". To vote: ")
            .code("approve %d".formatted(approval.number()))
            .and(" or ")
            .code("reject %d <reason>".formatted(approval.number()))
            .and("."));
  }

  /** What is said once half of the time is over. */
  public static Message reminder(Approval approval) {
    return paragraph(
        Text.plain("⏰ ")
            .and(name(approval))
            .and(" for ")
            .person(approval.requester().user())
            .and(" still needs ")
            .and(
                approval.tally().isComplete()
                    ? missing(approval)
                    : mentioning(outstanding(approval)))
            .and(" until ")
            .moment(approval.expires())
            .and(". Approve it above or run ")
            .code("approve %d".formatted(approval.number()))
            .and("."));
  }

  /** The answer to {@code pending}. */
  public static Message pending(List<Approval> open) {
    if (open.isEmpty()) {
      return Message.sentence("Nothing awaits approval.");
    }
    List<Block> blocks = new ArrayList<>();
    List<Approval> listed = open.stream().limit(MOST_LISTED).toList();
    blocks.add(
        new Message.Table(
            "What awaits approval, the oldest first",
            List.of("Job", "Command", "For", "Votes", "Still needs", "Until"),
            listed.stream().map(ApprovalText::row).toList(),
            listed.stream()
                .map(approval -> (Block) new Message.Paragraph(line(approval)))
                .toList()));
    String more =
        open.size() > MOST_LISTED ? " The oldest %d are shown.".formatted(MOST_LISTED) : "";
    blocks.add(
        new Message.Footnote(
            Text.sentence(
                "To vote: `approve <number>` or `reject <number> <reason>`. For details:"
                    + " `job <number>`."
                    + more)));
    return new Message(blocks);
  }

  private static List<Text> row(Approval approval) {
    return List.of(
        Text.plain(Long.toString(approval.number())),
        Text.EMPTY.code(approval.canonical()),
        Text.EMPTY.person(approval.requester().user()),
        Text.plain("%d of %d".formatted(approval.tally().people(), approval.tally().all())),
        approval
            .dispatchBefore()
            .map(end -> Text.EMPTY.code("start %d".formatted(approval.number())))
            .orElseGet(() -> missing(approval)),
        Text.EMPTY.moment(approval.dispatchBefore().orElse(approval.expires())));
  }

  /** One request in a list. */
  public static Text line(Approval approval) {
    Text begun = name(approval).and("  for ").person(approval.requester().user());
    return approval
        .dispatchBefore()
        .map(end ->
            begun
                .and(" · approved: run ")
                .code("start %d".formatted(approval.number()))
                .and(" by ")
                .time(end))
        .orElseGet(() ->
            begun
                .and(
                    " · %d of %d, still needs "
                        .formatted(approval.tally().people(), approval.tally().all()))
                .and(missing(approval))
                .and(" until ")
                .time(approval.expires()));
  }

  /** How it was decided, in one line: {@code Approved 2/2: @bob 12:03, @carl 12:05 → job 81}. */
  static Text verdict(ApprovalView look) {
    Approval approval = look.approval();
    String note = approval.state().note();
    return switch (approval.state().status()) {
      case PENDING -> Text.plain(note);
      case APPROVED, DISPATCHED ->
          approved(approval)
              .and(Text.sentence(approval.isHeld() ? ". " + note : " → job " + approval.number()));
      case DENIED -> rejected(approval);
      case EXPIRED -> Text.EMPTY.bold("Expired").and(": " + note);
      case CANCELLED -> Text.plain(note);
      case LAPSED -> Text.EMPTY.bold("Lapsed").and(": " + note);
      case SUPERSEDED -> Text.EMPTY.bold("Superseded").and(": " + note);
    };
  }

  /** Until when it may wait for what stands in its way. */
  private static Text lapses(Approval approval) {
    return approval
        .dispatchBefore()
        .map(end -> Text.plain(" It lapses if it has not started by ").moment(end).and("."))
        .orElse(Text.EMPTY);
  }

  /** The line in the message of a job that was let go, and perhaps has to wait. */
  static Text letGo(ApprovalView look) {
    return look.obstacle().isPresent()
        ? verdict(look).and(".").and(lapses(look.approval()))
        : verdict(look);
  }

  private static Text approved(Approval approval) {
    Tally tally = approval.tally();
    return Text.EMPTY
        .bold("Approved %d/%d".formatted(tally.people(), tally.all()))
        .and(": ")
        .and(votes(approval.state().yes()));
  }

  private static Text rejected(Approval approval) {
    List<Vote> no = approval.state().no();
    Text text = Text.EMPTY.bold("Rejected").and(" by ").and(votes(no));
    List<String> reasons =
        no.stream().map(Vote::reason).filter(reason -> !reason.isBlank()).toList();
    return reasons.isEmpty() ? text : text.and(": " + String.join("; ", reasons));
  }

  /** People and when they voted: {@code @bob 12:03, @carl 12:05}. */
  static Text votes(List<Vote> votes) {
    Text text = Text.EMPTY;
    for (Vote vote : votes) {
      text =
          (text.spans().isEmpty() ? text : text.and(", "))
              .person(vote.voter().user())
              .and(" ")
              .time(vote.at());
    }
    return text;
  }

  /** Who has to agree: {@code 2 of sre and 1 of owners}. */
  static Text wanted(Approval approval) {
    return people(approval.snapshot().requirements(), ApprovalText::names);
  }

  /**
   * What has to be said before it begins: by those who have not agreed yet, or by anybody if all
   * have and something else stood in the way.
   */
  static Text missing(Approval approval) {
    Tally tally = approval.tally();
    if (tally.isComplete()) {
      return Text.sentence("`start %d`".formatted(approval.number()));
    }
    return people(outstanding(approval), ApprovalText::names);
  }

  /** What is left of the requirements. */
  private static List<Requirement> outstanding(Approval approval) {
    Tally tally = approval.tally();
    List<Requirement> all = approval.snapshot().requirements();
    return IntStream.range(0, all.size())
        .filter(at -> tally.given().get(at) < tally.wanted().get(at))
        .mapToObj(at ->
            new Requirement(
                all.get(at).approvers(), tally.wanted().get(at) - tally.given().get(at)))
        .toList();
  }

  private static Text mentioning(List<Requirement> requirements) {
    return people(requirements, ApprovalText::mentions);
  }

  /** Groups and people so that the chat notifies them. */
  private static Text mentions(Who who) {
    if (who.groups().isEmpty()) {
      return names(who);
    }
    Text text = Text.EMPTY;
    for (String group : who.groups().stream().sorted().toList()) {
      text = (text.spans().isEmpty() ? text : text.and(", ")).group(group);
    }
    for (String user : who.users().stream().sorted().toList()) {
      text = text.and(", ").person(user);
    }
    return text;
  }

  private static Text standing(Approval approval) {
    Tally tally = approval.tally();
    Text text = Text.plain("%d of %d".formatted(tally.people(), tally.all()));
    return tally.isComplete()
        ? text.and(".")
        : text.and(", still needs ").and(missing(approval)).and(".");
  }

  private static Text people(List<Requirement> requirements, Function<Who, Text> naming) {
    Text text = Text.EMPTY;
    for (Requirement requirement : requirements) {
      text =
          (text.spans().isEmpty() ? text : text.and(" and "))
              .and(requirement.count() + " of ")
              .and(naming.apply(requirement.approvers()));
    }
    return text;
  }

  /** A group by its name in the policy; a person as a person. */
  private static Text names(Who who) {
    Text text = Text.EMPTY;
    for (String word : who.asWritten()) {
      Text before = text.spans().isEmpty() ? text : text.and(", ");
      text =
          who.users().contains(word)
              ? before.person(word)
              : before.and(word.startsWith(GROUP) ? word.substring(GROUP.length()) : word);
    }
    return text;
  }

  private static Text name(Approval approval) {
    return Text.EMPTY.bold("job " + approval.number()).and("  ").code(approval.canonical());
  }

  private static Message paragraph(Text text) {
    return Message.of(new Message.Paragraph(text));
  }
}
