package dev.bandmaster.plugin;

import dev.bandmaster.model.VisibleText;
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
