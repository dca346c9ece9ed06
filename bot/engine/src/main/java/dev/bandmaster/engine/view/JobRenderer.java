package dev.bandmaster.engine.view;

import dev.bandmaster.core.chat.ButtonAction;
import dev.bandmaster.core.job.Excerpt;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.engine.clock.OnceLog;
import dev.bandmaster.engine.view.Folding.Fold;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.JobAction;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Spans;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws a job's message from its stored state, and from nothing else: the same state gives the same
 * message whenever and by whomever it is drawn. Safe for use by many threads.
 */
public final class JobRenderer {

  /** Actions of the buttons under a job. */
  public enum Action implements ButtonAction {
    /** Asks the same again. */
    AGAIN("job.again"),
    PAUSE("job.pause"),
    RESUME("job.resume"),
    RETRY("job.retry"),
    ROLLBACK("job.rollback"),
    CANCEL("job.cancel"),
    /** Tells the person who clicks when the job ends. */
    NOTIFY("job.notify");

    private final String id;

    Action(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    public static Optional<Action> ofId(String id) {
      return ButtonAction.find(Action.class, id);
    }
  }

  /** Characters of all answers together: with the frame this stays far below Slack's 50 blocks. */
  private static final int ROOM = 7_000;

  /** Characters of one group's answer; who wants more reads the file. */
  private static final int ROOM_PER_FOLD = 2_200;

  /** Groups shown; the frame needs ten of Slack's 50 blocks, and each group takes two. */
  private static final int MOST_FOLDS = 18;

  /** Characters of a list of node names. */
  private static final int ROOM_FOR_NAMES = 400;

  private static final int BAR = 20;

  private static final Logger LOG = LoggerFactory.getLogger(JobRenderer.class);

  private final Function<Job, Presenter> presenters;
  private final Function<Job, Map<JobAction, String>> offered;
  private final OnceLog once = new OnceLog(LOG);

  /**
   * Makes a renderer of jobs with the buttons that every command has.
   *
   * @param presenters finds the words for a command's answers by the command's name
   */
  public JobRenderer(Function<String, Presenter> presenters) {
    this(job -> presenters.apply(job.command()), job -> CommandTraits.STANDARD.buttons());
  }

  /**
   * Makes a renderer.
   *
   * @param presenters finds the words for a job's answers
   * @param offered what a job's command declares to be offered under it, with the buttons' texts
   */
  public JobRenderer(
      Function<Job, Presenter> presenters, Function<Job, Map<JobAction, String>> offered) {
    this.presenters = presenters;
    this.offered = offered;
  }

  /**
   * A drawn message.
   *
   * @param isAbridged whether it could not hold everything the nodes said
   */
  public record Picture(Message message, boolean isAbridged) {}

  /**
   * Draws a job.
   *
   * @param look its request for approval, if anybody had to be asked
   */
  public Picture draw(Job job, Optional<ApprovalView> look) {
    return look.filter(ApprovalRenderer::isAllOf)
        .map(asked -> new Picture(ApprovalRenderer.draw(job, asked, offered.apply(job)), false))
        .orElseGet(() -> work(job, look));
  }

  private Picture work(Job job, Optional<ApprovalView> look) {
    Presenter presenter = presenter(job);
    List<NodeOutcome> outcomes = job.state().outcomes();
    List<Block> blocks = new ArrayList<>();
    blocks.add(title(job));
    look.map(ApprovalRenderer::line).ifPresent(blocks::add);
    blocks.add(new Message.Paragraph(progress(job.state())));
    if (!job.state().note().isEmpty()) {
      blocks.add(new Message.Paragraph(Text.sentence(job.state().note())));
    }
    differences(job).forEach(blocks::add);
    LeftOutText.of(job.work().leftOut()).map(JobRenderer::footnote).ifPresent(blocks::add);
    boolean abridged = addAnswers(Folding.fold(job.state().nodes().values(), presenter), blocks);
    presenter.summary(outcomes).forEach(line -> blocks.add(footnote(line)));
    if (abridged) {
      blocks.add(
          footnote(
              job.state().status().isFinal()
                  ? "Shortened. The full output is in the file below."
                  : "Shortened. The full output follows as a file when the job ends."));
    }
    List<Button> buttons = JobButtons.of(job, offered.apply(job));
    if (!buttons.isEmpty()) {
      blocks.add(new Message.Buttons(buttons));
    }
    return new Picture(new Message(blocks), abridged);
  }

  public Presenter presenter(Job job) {
    return new SafePresenter(found(job), job.number(), once);
  }

  /** A command that is gone, or whose plugin is broken, is no reason to show nothing. */
  private Presenter found(Job job) {
    try {
      return Objects.requireNonNull(presenters.apply(job), "there is no presenter");
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      once.error("No presenter for job %d".formatted(job.number()), e);
      return Presenter.PLAIN;
    }
  }

  /** A job's message without what nodes said and without its request: where drawing all fails. */
  public Picture plain(Job job) {
    List<Block> blocks = new ArrayList<>();
    try {
      blocks.add(title(job));
      blocks.add(new Message.Paragraph(progress(job.state())));
      if (!job.state().note().isEmpty()) {
        blocks.add(new Message.Paragraph(Text.sentence(job.state().note())));
      }
    } catch (RuntimeException e) {
      once.error("Job %d cannot be drawn at all".formatted(job.number()), e);
      blocks.clear();
      blocks.add(
          new Message.Paragraph(
              Text.plain("job " + job.number() + ": " + JobText.of(job.state().status()))));
    }
    blocks.add(
        footnote(
            "Internal error: this message cannot be shown in full; the bot's log has the"
                + " details."));
    return new Picture(new Message(blocks), false);
  }

  private static Block title(Job job) {
    return new Message.Paragraph(
        JobText.heading(JobText.sign(job.state().status()), job, job.work().title()));
  }

  private static Text progress(JobState state) {
    int all = state.nodes().size();
    long done = state.done();
    long silent = state.count(NodeStatus.NO_ANSWER) + state.count(NodeStatus.UNROUTABLE);
    long good = state.count(NodeStatus.OK);
    long stopped = state.count(NodeStatus.CANCELLED);
    int filled = all == 0 ? 0 : (int) (BAR * done / all);
    StringBuilder counts = new StringBuilder();
    steps(state).ifPresent(steps -> counts.append("  ").append(steps));
    counts.append("  replied ").append(done - silent - stopped).append('/').append(all);
    append(counts, "ok", good);
    append(counts, "failed", done - silent - good - stopped - state.count(NodeStatus.LOST));
    append(counts, "lost", state.count(NodeStatus.LOST));
    append(counts, "silent", silent);
    append(counts, "cancelled", stopped);
    took(state).ifPresent(duration -> counts.append(" · ").append(duration));
    return Text.EMPTY.code("█".repeat(filled) + "░".repeat(BAR - filled)).and(counts.toString());
  }

  /** Which step is under way, where there are several. */
  private static Optional<String> steps(JobState state) {
    int all = state.steps().size();
    return all < 2 || state.step() == 0
        ? Optional.empty()
        : Optional.of("batch " + state.step() + " of " + all + " ·");
  }

  private static void append(StringBuilder counts, String what, long count) {
    if (count > 0) {
      counts.append(" · ").append(what).append(' ').append(count);
    }
  }

  /** How long it took; nothing if the clock was set back in the meantime. */
  private static Optional<String> took(JobState state) {
    return state
        .ended()
        .flatMap(ended -> state.dispatched().map(from -> Duration.between(from, ended)))
        .filter(took -> !took.isNegative())
        .map(Spans::words);
  }

  /** What runs now against what is to run, while that is still to come or going on. */
  private static List<Block> differences(Job job) {
    if (job.state().status().isFinal()) {
      return List.of();
    }
    return DifferenceText.of(job.work().differences()).stream().map(JobRenderer::footnote).toList();
  }

  /** Adds a group after the other while there is room; says whether something was left out. */
  private static boolean addAnswers(List<Fold> folds, List<Block> blocks) {
    boolean abridged = false;
    int room = ROOM;
    int shown = 0;
    List<Fold> answers =
        folds.stream().filter(fold -> fold.status() != NodeStatus.WAITING).toList();
    for (Fold fold : answers) {
      if (shown == MOST_FOLDS || room <= 0) {
        blocks.add(footnote("… and " + (answers.size() - shown) + " more groups of answers."));
        return true;
      }
      String text = cut(fold.text(), Math.min(room, ROOM_PER_FOLD));
      String names = names(fold);
      abridged |=
          !text.equals(fold.text())
              || !names.equals(fold.nodes())
              || (!fold.example().output().isWhole() && text.contains(Excerpt.GAP));
      room -= text.length() + names.length();
      shown++;
      addAnswer(fold, names, text, blocks);
    }
    return abridged;
  }

  private static void addAnswer(Fold fold, String names, String text, List<Block> blocks) {
    Text head = Text.plain(JobText.sign(fold.status()) + " ").code(names);
    if (fold.count() > 1) {
      head = head.and(" (" + fold.count() + ")");
    }
    if (fold.status() != NodeStatus.OK) {
      head = head.and(" " + JobText.of(fold.status()));
    }
    if (text.isEmpty()) {
      blocks.add(new Message.Paragraph(head));
    } else if (text.contains("\n")) {
      blocks.add(new Message.Paragraph(head.and(":")));
      blocks.add(new Message.Preformatted(text));
    } else {
      blocks.add(new Message.Paragraph(head.and(": " + text)));
    }
  }

  private static String names(Fold fold) {
    return shortened(fold.nodes());
  }

  /** Folded names of nodes, as many as there is room for. */
  static String shortened(String names) {
    return names.length() <= ROOM_FOR_NAMES ? names : names.substring(0, ROOM_FOR_NAMES) + "…";
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

  private static Block footnote(String text) {
    return new Message.Footnote(Text.plain(text));
  }

  /** How a job ended, for those who were not there. */
  public Message ended(Job job) {
    JobState state = job.state();
    return Message.of(
        new Message.Paragraph(
            JobText.heading(JobText.sign(state.status()), job, job.work().title())
                .and(
                    ": %s, ok on %d of %d nodes."
                        .formatted(
                            JobText.of(state.status()),
                            state.count(NodeStatus.OK),
                            state.nodes().size()))));
  }

  /** The word to the channel about a job that did not end well. */
  public Message alarm(Job job) {
    JobState state = job.state();
    long good = state.count(NodeStatus.OK);
    return Message.of(
        new Message.Paragraph(
            JobText.heading(JobText.sign(state.status()), job, job.work().title())
                .and(" succeeded on only %d of %d nodes.".formatted(good, state.nodes().size()))));
  }
}
