package dev.bandmaster.plugin;

import dev.bandmaster.model.VisibleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A message, independent of the chat service. Anyone who shows it escapes it and keeps it within
 * the service's limits; text in it is never taken for markup. Characters that nobody would see
 * become visible when a block is made: {@link VisibleText}.
 */
public record Message(List<Block> blocks) {

  public Message {
    blocks = List.copyOf(blocks);
  }

  public static Message of(Block... blocks) {
    return new Message(Arrays.asList(blocks));
  }

  /** A message of one sentence, with its commands between backticks: {@link Text#sentence}. */
  public static Message sentence(String text) {
    return of(new Paragraph(Text.sentence(text)));
  }

  /** A part of a message that stands by itself. */
  public sealed interface Block {}

  /** A headline of at most 150 characters. */
  public record Header(String text) implements Block {
    public Header {
      text = VisibleText.line(text);
    }
  }

  /** Running text. */
  public record Paragraph(Text text) implements Block {}

  /** Text whose spaces and line ends matter. */
  public record Preformatted(String text) implements Block {
    public Preformatted {
      text = VisibleText.lines(text);
    }
  }

  /** Small print. */
  public record Footnote(Text text) implements Block {}

  /** A line between blocks. */
  public record Divider() implements Block {}

  /** Buttons in a row; at most 25. */
  public record Buttons(List<Button> buttons) implements Block {
    public Buttons {
      buttons = List.copyOf(buttons);
    }
  }

  /**
   * Buttons behind one word, for choices that are variants of each other. It stands in one row with
   * the buttons before and after it.
   *
   * @param label what is on it before anything is chosen, at most 75 characters
   * @param buttons the choices, at least one; none of them asks for a confirmation
   */
  public record Menu(String label, List<Button> buttons) implements Block {
    public Menu {
      label = VisibleText.line(label);
      buttons = List.copyOf(buttons);
      if (buttons.isEmpty()
          || buttons.stream().anyMatch(button -> button.confirmation().isPresent())) {
        throw new IllegalArgumentException(
            "a menu has at least one button, and none that asks for a confirmation");
      }
    }
  }

  /**
   * A block that newer chats draw in a richer way. Where they cannot, and in notifications, what is
   * {@link #plain} stands in its place; it says as much.
   */
  public sealed interface Rich extends Block {

    /** The same in the other kinds of blocks. */
    List<Block> plain();
  }

  /**
   * Blocks below a title that a reader opens and closes, for what is settled: a chat may close it
   * again whenever the message changes.
   *
   * @param title at most 150 characters; the rest is cut off visibly
   * @param isOpen whether it is open at first
   */
  public record Foldable(Text title, List<Block> content, boolean isOpen) implements Rich {
    public Foldable {
      content = List.copyOf(content);
    }

    @Override
    public List<Block> plain() {
      List<Block> all = new ArrayList<>();
      all.add(new Paragraph(title));
      all.addAll(content);
      return List.copyOf(all);
    }
  }

  /**
   * A table that a reader sorts and filters.
   *
   * @param caption what it shows, for those who do not see it
   * @param columns the heads, at most {@value #MOST_COLUMNS}
   * @param rows at least one; each with a cell for each column. Plain text that is a whole number
   *     is sorted as one
   * @param plain what is shown where there are no tables
   */
  public record Table(
      String caption, List<String> columns, List<List<Text>> rows, List<Block> plain)
      implements Rich {

    /** Columns of a table. */
    public static final int MOST_COLUMNS = 20;

    public Table {
      caption = VisibleText.line(caption);
      columns = columns.stream().map(VisibleText::line).toList();
      rows = rows.stream().map(List::copyOf).toList();
      plain = List.copyOf(plain);
      int wide = columns.size();
      if (wide == 0 || wide > MOST_COLUMNS || rows.isEmpty()) {
        throw new IllegalArgumentException("a table has 1 to 20 columns and at least one row");
      }
      if (rows.stream().anyMatch(row -> row.size() != wide)) {
        throw new IllegalArgumentException("each row of a table has a cell for each column");
      }
    }
  }

  /**
   * A small bar chart of settled numbers.
   *
   * @param title at most 50 characters; the rest is cut off visibly
   * @param unit of the numbers, for instance {@code ms}
   * @param bars at least one, from left to right
   * @param plain what is shown where there are no charts; may be empty
   */
  public record Chart(String title, String unit, List<Bar> bars, List<Block> plain)
      implements Rich {
    public Chart {
      title = VisibleText.line(title);
      unit = VisibleText.line(unit);
      bars = List.copyOf(bars);
      plain = List.copyOf(plain);
      if (bars.isEmpty()) {
        throw new IllegalArgumentException("a chart has at least one bar");
      }
    }
  }

  /** One bar of a chart. */
  public record Bar(String label, long value) {
    public Bar {
      label = VisibleText.line(label);
    }
  }

  /**
   * A button.
   *
   * @param action which of the bot's services it calls
   * @param value an opaque id, never content that decides anything
   * @param label at most 75 characters
   */
  public record Button(
      String action, String value, String label, Style style, Optional<Confirmation> confirmation) {
    public Button {
      label = VisibleText.line(label);
    }

    /** How a button looks. */
    public enum Style {
      PLAIN,
      PRIMARY,
      DANGER
    }
  }

  /** What is asked before a button counts. */
  public record Confirmation(String title, String text, String yes, String no) {
    public Confirmation {
      title = VisibleText.line(title);
      text = VisibleText.lines(text);
      yes = VisibleText.line(yes);
      no = VisibleText.line(no);
    }
  }
}
