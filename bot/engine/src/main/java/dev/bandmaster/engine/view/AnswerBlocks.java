package dev.bandmaster.engine.view;

import dev.bandmaster.core.job.Excerpt;
import dev.bandmaster.core.job.NodeStep;
import dev.bandmaster.core.job.NodeWork;
import dev.bandmaster.engine.view.Folding.Fold;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What nodes said, a group after the other while there is room. What failed names its reason first;
 * its steps and its output follow.
 */
final class AnswerBlocks {

  /** Characters of all answers together: with the frame this stays far below Slack's 50 blocks. */
  private static final int ROOM = 7_000;

  /** Characters of one group's answer; who wants more reads the file. */
  private static final int ROOM_PER_FOLD = 2_200;

  /** Groups shown; the frame needs ten of Slack's 50 blocks, and each group takes two. */
  private static final int MOST_FOLDS = 18;

  /** Characters of a reason: it stands in one line. */
  private static final int LONGEST_REASON = 300;

  private final boolean isOver;
  private final List<Fold> folds;
  private final List<Block> failures = new ArrayList<>();
  private final List<Block> others = new ArrayList<>();
  private boolean isAbridged;

  /**
   * Draws the groups.
   *
   * @param isOver whether the job has ended: only then is output folded, since each change of a
   *     message closes what a reader has opened
   */
  AnswerBlocks(List<Fold> groups, boolean isOver) {
    this.isOver = isOver;
    this.folds = groups.stream().filter(fold -> fold.status() != NodeStatus.WAITING).toList();
    add();
  }

  /** What failed. */
  List<Block> failures() {
    return failures;
  }

  /** What did not. */
  List<Block> others() {
    return others;
  }

  /** Whether something was left out. */
  boolean isAbridged() {
    return isAbridged;
  }

  private void add() {
    int room = ROOM;
    int shown = 0;
    for (Fold fold : folds) {
      boolean failed = fold.status().isFailure() && fold.status() != NodeStatus.CANCELLED;
      List<Block> blocks = failed ? failures : others;
      if (shown == MOST_FOLDS || room <= 0) {
        blocks.add(
            new Message.Footnote(
                Text.plain("… and " + (folds.size() - shown) + " more groups of answers.")));
        isAbridged = true;
        return;
      }
      String text = cut(fold.text(), Math.min(room, ROOM_PER_FOLD));
      String names = JobRenderer.shortened(fold.nodes());
      isAbridged |=
          !text.equals(fold.text())
              || !names.equals(fold.nodes())
              || (!fold.example().output().isWhole() && text.contains(Excerpt.GAP));
      room -= text.length() + names.length();
      shown++;
      if (failed) {
        addFailure(fold, names, text);
      } else {
        addAnswer(fold, names, text);
      }
    }
  }

  private static Text head(Fold fold, String names) {
    Text head = Text.plain(JobText.sign(fold.status()) + " ").code(names);
    return fold.count() > 1 ? head.and(" (" + fold.count() + ")") : head;
  }

  private void addAnswer(Fold fold, String names, String text) {
    Text head = head(fold, names);
    if (fold.status() != NodeStatus.OK) {
      head = head.and(" " + JobText.of(fold.status()));
    }
    if (text.isEmpty()) {
      others.add(new Message.Paragraph(head));
    } else if (!text.contains("\n")) {
      others.add(new Message.Paragraph(head.and(": " + text)));
    } else if (isOver && folds.size() > 1) {
      others.add(new Message.Foldable(head, List.of(new Message.Preformatted(text)), false));
    } else {
      others.add(new Message.Paragraph(head.and(":")));
      others.add(new Message.Preformatted(text));
    }
  }

  /** The reason in bold, and below it how it came to it. */
  private void addFailure(Fold fold, String names, String text) {
    boolean hasMessage = !fold.example().message().isBlank();
    int end = text.indexOf('\n');
    String first = hasMessage ? (end < 0 ? text : text.substring(0, end)).strip() : "";
    boolean isCut = first.length() > LONGEST_REASON;
    String rest = isCut ? text : hasMessage ? (end < 0 ? "" : text.substring(end + 1)) : text;
    String reason = isCut ? first.substring(0, LONGEST_REASON) + "…" : first;
    if (fold.status() != NodeStatus.FAILED || reason.isEmpty()) {
      String status = JobText.of(fold.status());
      reason = reason.isEmpty() ? status : status + ": " + reason;
    }
    failures.add(new Message.Paragraph(head(fold, names).and(" ").bold(reason)));
    List<Block> below = new ArrayList<>();
    String steps = durations(fold.example());
    if (!steps.isEmpty()) {
      below.add(new Message.Footnote(Text.plain("Steps: " + steps)));
    }
    if (!rest.isBlank()) {
      below.add(new Message.Preformatted(rest.strip()));
    }
    if (isOver && !rest.isBlank()) {
      String what = steps.isEmpty() ? "Output of " : "Steps and output of ";
      failures.add(new Message.Foldable(Text.plain(what).code(names), below, true));
    } else {
      failures.addAll(below);
    }
  }

  /** The steps with their durations, for instance {@code fetch 1.2 s · unpack 0.3 s · health ✗}. */
  static String durations(NodeWork work) {
    return work.steps().stream()
        .map(step ->
            "%s %s%s"
                .formatted(
                    step.name(),
                    words(took(work, step)),
                    step.note().startsWith("failed") ? " ✗" : ""))
        .collect(Collectors.joining(" · "));
  }

  /** A length of time; below a second in milliseconds. */
  static String words(Duration length) {
    return length.toSeconds() == 0 ? length.toMillis() + " ms" : Spans.words(length);
  }

  /** How long a step took; one that was reported once lasted until the next, or until the end. */
  static Duration took(NodeWork work, NodeStep step) {
    int at = work.steps().indexOf(step);
    Duration until =
        at + 1 < work.steps().size() ? work.steps().get(at + 1).from() : work.latency();
    Duration took = step.took().isZero() ? until.minus(step.from()) : step.took();
    return took.isNegative() ? Duration.ZERO : took;
  }

  /** Keeps the beginning and the end, whole lines where there are line ends near. */
  private static String cut(String text, int room) {
    if (text.length() <= room) {
      return text;
    }
    int half = room / 2;
    int headEnd = text.lastIndexOf('\n', half);
    int tailStart = text.indexOf('\n', text.length() - half);
    String head = text.substring(0, headEnd > half / 2 ? headEnd + 1 : half);
    String tail =
        text.substring(
            tailStart >= 0 && tailStart < text.length() - half / 2
                ? tailStart
                : text.length() - half);
    return head + "…" + tail;
  }
}
