package dev.bandmaster.bot.work;

import dev.bandmaster.bot.job.Job;
import dev.bandmaster.bot.job.JobState;
import dev.bandmaster.bot.job.JobStatus;
import dev.bandmaster.bot.work.Folding.Fold;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Message.Block;
import dev.bandmaster.plugin.Message.Button;
import dev.bandmaster.plugin.Message.Confirmation;
import dev.bandmaster.plugin.NodeOutcome;
import dev.bandmaster.plugin.NodeStatus;
import dev.bandmaster.plugin.Planned.Effect;
import dev.bandmaster.plugin.Presenter;
import dev.bandmaster.plugin.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Draws a job's message from its stored state, and from nothing else: the same state gives the same
 * message whenever and by whomever it is drawn. Safe for use by many threads.
 */
public final class JobArtist {

  /** The action of the button that asks the same again. */
  public static final String AGAIN = "job.again";

  /** Characters of all answers together: with the frame this stays far below Slack's 50 blocks. */
  private static final int ROOM = 6_000;

  /** Characters of one group's answer; who wants more reads the file. */
  private static final int ROOM_PER_FOLD = 1_500;

  /** Groups shown; the frame needs ten of Slack's 50 blocks, and each group takes two. */
  private static final int MOST_FOLDS = 18;

  /** Characters of a list of node names. */
  private static final int ROOM_FOR_NAMES = 400;

  private static final int BAR = 20;

  private final Function<String, Presenter> presenters;

  /**
   * Makes an artist.
   *
   * @param presenters finds the words for a command's answers by the command's name
   */
  public JobArtist(Function<String, Presenter> presenters) {
    this.presenters = presenters;
  }

  /**
   * A drawn message.
   *
   * @param isAbridged whether it could not hold everything the nodes said
   */
  public record Picture(Message message, boolean isAbridged) {}

  public Picture draw(Job job) {
    Presenter presenter = presenter(job);
    List<NodeOutcome> outcomes = job.state().outcomes();
    List<Block> blocks = new ArrayList<>();
    blocks.add(title(job));
    blocks.add(new Message.Paragraph(progress(job.state())));
    if (!job.state().note().isEmpty()) {
      blocks.add(new Message.Paragraph(Text.plain(job.state().note())));
    }
    boolean abridged = addAnswers(Folding.fold(outcomes, presenter), blocks);
    presenter.summary(outcomes).forEach(line -> blocks.add(footnote(line)));
    if (abridged) {
      blocks.add(
          footnote(
              job.state().status().isFinal()
                  ? "Shortened; everything the nodes said is in the file below."
                  : "Shortened; everything the nodes said comes as a file at the end."));
    }
    if (job.state().status().isFinal()) {
      blocks.add(buttons(job));
    }
    return new Picture(new Message(blocks), abridged);
  }

  private Presenter presenter(Job job) {
    return new CarefulPresenter(presenters.apply(job.command()));
  }

  private static Block title(Job job) {
    return new Message.Paragraph(
        Text.EMPTY
            .and(sign(job.state().status()) + " ")
            .bold("job " + job.number())
            .and("  ")
            .code(job.work().title())
            .and("  for ")
            .person(job.asker().user()));
  }

  private static String sign(JobStatus status) {
    return switch (status) {
      case QUEUED -> "⏳";
      case RUNNING -> "▶️";
      case SUCCEEDED -> "✅";
      case PARTLY_FAILED -> "⚠️";
      case FAILED -> "❌";
    };
  }

  private static Text progress(JobState state) {
    int all = state.nodes().size();
    long done = state.done();
    long silent = state.count(NodeStatus.NO_ANSWER) + state.count(NodeStatus.UNROUTABLE);
    long good = state.count(NodeStatus.OK);
    int filled = all == 0 ? 0 : (int) (BAR * done / all);
    StringBuilder counts = new StringBuilder();
    counts.append("  replied ").append(done - silent).append('/').append(all);
    append(counts, "ok", good);
    append(counts, "failed", done - silent - good - state.count(NodeStatus.LOST));
    append(counts, "lost", state.count(NodeStatus.LOST));
    append(counts, "silent", silent);
    took(state).ifPresent(duration -> counts.append(" · ").append(duration));
    return Text.EMPTY.code("█".repeat(filled) + "░".repeat(BAR - filled)).and(counts.toString());
  }

  private static void append(StringBuilder counts, String what, long count) {
    if (count > 0) {
      counts.append(" · ").append(what).append(' ').append(count);
    }
  }

  private static Optional<String> took(JobState state) {
    return state
        .ended()
        .flatMap(ended -> state.dispatched().map(from -> Duration.between(from, ended)))
        .map(JobArtist::words);
  }

  private static String words(Duration duration) {
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toSeconds() >= 10
        ? duration.toSeconds() + " s"
        : "%.1f s".formatted(duration.toMillis() / 1000.0);
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
      abridged |= !text.equals(fold.text()) || !names.equals(fold.nodes());
      room -= text.length() + names.length();
      shown++;
      addAnswer(fold, names, text, blocks);
    }
    return abridged;
  }

  private static void addAnswer(Fold fold, String names, String text, List<Block> blocks) {
    Text head = Text.plain(sign(fold.status()) + " ").code(names);
    if (fold.count() > 1) {
      head = head.and(" (" + fold.count() + ")");
    }
    if (fold.status() != NodeStatus.OK) {
      head = head.and(" " + words(fold.status()));
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

  private static String sign(NodeStatus status) {
    return switch (status) {
      case WAITING -> "⏳";
      case RUNNING -> "▶️";
      case OK -> "✅";
      case NO_ANSWER -> "🔇";
      case FAILED,
          TIMEOUT,
          DENIED,
          INVALID,
          EXPIRED,
          LOST,
          DUPLICATE,
          CANCELLED,
          UNKNOWN_ACTION,
          UNROUTABLE ->
          "❌";
    };
  }

  private static String words(NodeStatus status) {
    return switch (status) {
      case NO_ANSWER -> "did not answer in time";
      case UNROUTABLE -> "cannot be reached";
      default -> status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }

  private static String names(Fold fold) {
    return fold.nodes().length() <= ROOM_FOR_NAMES
        ? fold.nodes()
        : fold.nodes().substring(0, ROOM_FOR_NAMES) + "…";
  }

  /** Cuts at a line's end where there is one near. */
  private static String cut(String text, int room) {
    if (text.length() <= room) {
      return text;
    }
    int lineEnd = text.lastIndexOf('\n', room);
    return text.substring(0, lineEnd > room / 2 ? lineEnd : room);
  }

  private static Block footnote(String text) {
    return new Message.Footnote(Text.plain(text));
  }

  private static Block buttons(Job job) {
    Optional<Confirmation> confirmation =
        job.work().effect() == Effect.CHANGES
            ? Optional.of(
                new Confirmation(
                    "Run it again?", "This runs " + job.canonical() + " once more.", "Run", "No"))
            : Optional.empty();
    return new Message.Buttons(
        List.of(new Button(AGAIN, job.id(), "Run again", Button.Style.PLAIN, confirmation)));
  }

  /** The word to the channel about a job that did not end well. */
  Message alarm(Job job) {
    JobState state = job.state();
    long good = state.count(NodeStatus.OK);
    return Message.of(
        new Message.Paragraph(
            Text.plain(sign(state.status()) + " ")
                .bold("job " + job.number())
                .and("  ")
                .code(job.work().title())
                .and("  for ")
                .person(job.asker().user())
                .and(" went well on %d of %d nodes only.".formatted(good, state.nodes().size()))));
  }

  /** Everything the nodes said, group by group, as text for a file. */
  String transcript(Job job) {
    StringBuilder all = new StringBuilder();
    all.append("job ").append(job.number()).append(": ").append(job.work().title()).append('\n');
    for (Fold fold : Folding.fold(job.state().outcomes(), presenter(job))) {
      all.append("\n=== ").append(fold.nodes()).append(" (").append(fold.count()).append(") ");
      all.append(words(fold.status())).append('\n');
      all.append(fold.text());
      if (!fold.text().endsWith("\n")) {
        all.append('\n');
      }
    }
    return all.toString();
  }
}
