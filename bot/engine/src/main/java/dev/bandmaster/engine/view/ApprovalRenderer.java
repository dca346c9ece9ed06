package dev.bandmaster.engine.view;

import dev.bandmaster.core.approval.Approval;
import dev.bandmaster.core.approval.ApprovalStatus;
import dev.bandmaster.core.approval.Vote;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.model.NodeSet;
import dev.bandmaster.plugin.JobAction;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Draws what a job's message shows of its request for approval: all of the message while people are
 * asked and where the job never begins, one line once it was let go. Drawn from what is stored, so
 * nobody who clicked late is shown anything but how it stands. Pure.
 */
final class ApprovalRenderer {

  /** Nodes seldom run more than two versions; more links than this are not read. */
  private static final int MOST_CHANGES = 3;

  private ApprovalRenderer() {}

  /** Whether the message is about the request and not yet, or never, about the work. */
  static boolean isAllOf(ApprovalView look) {
    return switch (look.approval().state().status()) {
      case PENDING, DENIED, EXPIRED, CANCELLED, SUPERSEDED, LAPSED -> true;
      case APPROVED -> look.approval().isHeld();
      case DISPATCHED -> false;
    };
  }

  /** The line about the request in the message of a job that was let go. */
  static Block line(ApprovalView look) {
    return new Message.Footnote(ApprovalText.letGo(look));
  }

  /**
   * The whole message.
   *
   * @param offered what the job's command offers, with the texts of the buttons
   */
  static Message draw(Job job, ApprovalView look, Map<JobAction, String> offered) {
    Approval approval = look.approval();
    List<Block> blocks = new ArrayList<>();
    blocks.add(title(job, approval));
    if (job.state().status().isFinal() && !approval.state().status().isFinal()) {
      blocks.add(new Message.Paragraph(Text.sentence(job.state().note())));
    } else {
      blocks.addAll(standing(look));
    }
    blocks.addAll(matter(job, look));
    if (!approval.state().status().isFinal()) {
      blocks.addAll(warnings(look));
    }
    List<Button> buttons = new ArrayList<>(ApprovalButtons.of(approval, job));
    if (job.state().status().isFinal() || !buttons.isEmpty()) {
      buttons.addAll(JobButtons.of(job, offered));
    }
    if (!buttons.isEmpty()) {
      blocks.add(new Message.Buttons(RedButtons.atMostOne(buttons)));
    }
    if (approval.state().status() == ApprovalStatus.PENDING && !job.state().status().isFinal()) {
      blocks.add(instead(approval));
    }
    return new Message(blocks);
  }

  private static Block title(Job job, Approval approval) {
    return new Message.Paragraph(
        JobText.heading(sign(job, approval.state().status()), job, job.canonical()));
  }

  private static String sign(Job job, ApprovalStatus status) {
    if (job.state().status().isFinal() && !status.isFinal()) {
      return JobText.sign(job.state().status());
    }
    return switch (status) {
      case PENDING -> "✋";
      case APPROVED -> "👍";
      case DISPATCHED -> "✅";
      case DENIED -> "👎";
      case CANCELLED -> "🛑";
      case EXPIRED, LAPSED -> "⌛";
      case SUPERSEDED -> "🔁";
    };
  }

  /** How it stands, who has voted and who is still needed. */
  private static List<Block> standing(ApprovalView look) {
    Approval approval = look.approval();
    List<Block> blocks = new ArrayList<>();
    switch (approval.state().status()) {
      case PENDING -> {
        blocks.add(new Message.Paragraph(waits(approval)));
        blocks.add(new Message.Paragraph(tally(approval)));
        if (!approval.state().note().isEmpty()) {
          blocks.add(warning(approval.state().note()));
        }
      }
      case APPROVED -> {
        blocks.add(new Message.Paragraph(ApprovalText.verdict(look)));
        approval
            .dispatchBefore()
            .ifPresent(end ->
                blocks.add(
                    new Message.Footnote(
                        Text.plain("It lapses if nobody starts it by ").moment(end).and("."))));
      }
      case DENIED, EXPIRED, CANCELLED, SUPERSEDED, DISPATCHED, LAPSED ->
          blocks.add(new Message.Paragraph(ApprovalText.verdict(look)));
    }
    return blocks;
  }

  private static Text waits(Approval approval) {
    return approval.tally().isComplete()
        ? Text.EMPTY
            .bold("Approved, but it could not start")
            .and(": to retry, run ")
            .code("start %d".formatted(approval.number()))
            .and(" by ")
            .moment(approval.expires())
            .and(".")
        : Text.EMPTY
            .bold("Awaits approval")
            .and(" by ")
            .and(ApprovalText.wanted(approval))
            .and(", until ")
            .moment(approval.expires())
            .and(".");
  }

  private static Text tally(Approval approval) {
    Text text =
        Text.EMPTY.bold("%d of %d".formatted(approval.tally().people(), approval.tally().all()));
    text = with(text, " approved so far: ", approval.state().yes(), " approved so far");
    text = with(text, " · rejected by: ", approval.state().no(), "");
    text =
        with(
            text,
            " · withdrawn: ",
            approval.state().votes().stream().filter(Vote::withdrawn).toList(),
            "");
    return approval.tally().people() == 0 || approval.tally().isComplete()
        ? text.and(".")
        : text.and(". Still needed: ").and(ApprovalText.missing(approval)).and(".");
  }

  private static Text with(Text text, String what, List<Vote> votes, String otherwise) {
    return votes.isEmpty() ? text.and(otherwise) : text.and(what).and(ApprovalText.votes(votes));
  }

  /** What exactly would be done, where, in which steps, and to what runs there now. */
  private static List<Block> matter(Job job, ApprovalView look) {
    Planned.Work work = job.work();
    List<String> nodes = work.reach().nodes();
    String environment = job.right().environment();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Message.Paragraph(
            Text.EMPTY
                .code(JobRenderer.shortened(NodeSet.fold(nodes)))
                .and(" (%s)".formatted(ReachText.bare(work.reach())))
                .and(environment.isEmpty() ? ", " : " in ")
                .and(environment.isEmpty() ? Text.EMPTY : Text.EMPTY.bold(environment).and(", "))
                .and(RolloutText.of(work))
                .and(".")));
    DifferenceText.of(work.differences())
        .forEach(line -> blocks.add(new Message.Footnote(Text.plain(line))));
    LeftOutText.of(work.leftOut())
        .ifPresent(line -> blocks.add(new Message.Footnote(Text.plain(line))));
    look.page()
        .ifPresent(page ->
            blocks.add(new Message.Footnote(Text.EMPTY.link(page, "What is in this version"))));
    look.changes().stream()
        .limit(MOST_CHANGES)
        .forEach(
            changes -> blocks.add(new Message.Footnote(Text.EMPTY.link(changes, "What changes"))));
    return blocks;
  }

  /** What would keep it from beginning although all agree. */
  private static List<Block> warnings(ApprovalView look) {
    List<Block> blocks = new ArrayList<>();
    String freeze = look.approval().snapshot().freeze();
    String now = look.obstacle().orElse("");
    if (!now.isEmpty()) {
      blocks.add(warning(now));
    }
    if (!freeze.isEmpty() && !now.contains(freeze)) {
      blocks.add(warning("At the time of the request: " + freeze));
    }
    look.predecessor()
        .ifPresent(number ->
            blocks.add(
                new Message.Footnote(
                    Text.plain(
                        "Replaces job %d; its votes do not count here.".formatted(number)))));
    return blocks;
  }

  private static Block warning(String sentence) {
    return new Message.Paragraph(Text.sentence("⚠️ " + sentence));
  }

  private static Block instead(Approval approval) {
    return new Message.Footnote(
        Text.EMPTY
            .person(approval.requester().user())
            .and(
                Text.sentence(
                    " cannot approve this. To vote by command: `approve %d`, `reject %d <reason>`, `withdraw %d`."
                        .formatted(approval.number(), approval.number(), approval.number()))));
  }
}
