package dev.bandmaster.engine.view;

import dev.bandmaster.core.chat.ButtonAction;
import dev.bandmaster.core.job.Job;
import dev.bandmaster.core.job.JobState;
import dev.bandmaster.engine.clock.OnceLog;
import dev.bandmaster.plugin.CommandTraits;
import dev.bandmaster.plugin.JobAction;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Text;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws a job's message from its stored state and the time, and from nothing else: the same state
 * gives the same message by whomever it is drawn. Safe for use by many threads.
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

  /** Characters of a list of node names. */
  private static final int ROOM_FOR_NAMES = 400;

  private static final Logger LOG = LoggerFactory.getLogger(JobRenderer.class);

  private final Function<Job, Presenter> presenters;
  private final Function<Job, Map<JobAction, String>> offered;
  private final InstantSource clock;
  private final OnceLog once = new OnceLog(LOG);

  /**
   * Makes a renderer of jobs with the buttons that every command has.
   *
   * @param presenters finds the words for a command's answers by the command's name
   */
  public JobRenderer(Function<String, Presenter> presenters) {
    this(
        job -> presenters.apply(job.command()),
        job -> CommandTraits.STANDARD.buttons(),
        InstantSource.system());
  }

  /**
   * Makes a renderer.
   *
   * @param presenters finds the words for a job's answers
   * @param offered what a job's command declares to be offered under it, with the buttons' texts
   * @param clock the time up to which a job that runs has been running
   */
  public JobRenderer(
      Function<Job, Presenter> presenters,
      Function<Job, Map<JobAction, String>> offered,
      InstantSource clock) {
    this.presenters = presenters;
    this.offered = offered;
    this.clock = clock;
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
    boolean isOver = job.state().status().isFinal();
    ProgressText progress = new ProgressText(job, clock.instant());
    AnswerBlocks answers =
        new AnswerBlocks(Folding.fold(job.state().nodes().values(), presenter), isOver);
    List<Block> blocks = new ArrayList<>();
    blocks.add(title(job));
    look.map(ApprovalRenderer::line).ifPresent(blocks::add);
    blocks.addAll(answers.failures());
    blocks.add(new Message.Paragraph(progress.line()));
    if (!job.state().note().isEmpty()) {
      blocks.add(new Message.Paragraph(Text.sentence(job.state().note())));
    }
    progress.next().ifPresent(next -> blocks.add(new Message.Footnote(next)));
    progress.differences().forEach(line -> blocks.add(footnote(line)));
    LeftOutText.of(job.work().leftOut()).map(JobRenderer::footnote).ifPresent(blocks::add);
    blocks.addAll(answers.others());
    presenter.summary(outcomes).forEach(line -> blocks.add(footnote(line)));
    if (isOver) {
      blocks.addAll(presenter.charts(outcomes));
    }
    boolean abridged = answers.isAbridged();
    if (abridged) {
      blocks.add(
          footnote(
              isOver
                  ? "Shortened. The full output is in the file below."
                  : "Shortened. The full output follows as a file when the job ends."));
    }
    List<Button> buttons = buttons(job);
    if (!buttons.isEmpty()) {
      blocks.add(new Message.Buttons(buttons));
    }
    return new Picture(new Message(blocks), abridged);
  }

  /** The buttons under a job that nobody has to be asked about any more. */
  public List<Button> buttons(Job job) {
    return JobButtons.of(job, offered.apply(job));
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
      blocks.add(new Message.Paragraph(new ProgressText(job, clock.instant()).line()));
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

  /** Folded names of nodes, as many as there is room for. */
  static String shortened(String names) {
    return names.length() <= ROOM_FOR_NAMES ? names : names.substring(0, ROOM_FOR_NAMES) + "…";
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
