package dev.bandmaster.core.chat;

import dev.bandmaster.model.VisibleText;
import dev.bandmaster.plugin.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A dialog on one person's screen: something to fill in, or only something to read. What was filled
 * in comes back as {@link Inbound.DialogSubmitted}. The limits are those of the chat service.
 *
 * @param id which dialog it is; at most 255 characters
 * @param title at most 24 characters
 * @param submit the label of the button that sends it, at most 24 characters; empty where there is
 *     nothing to fill in
 * @param fields at most 100, from top to bottom
 * @param memory comes back unchanged with what was filled in; opaque, never content that decides
 *     anything; at most 2,000 characters
 */
public record Dialog(String id, String title, String submit, List<Field> fields, String memory) {

  private static final int LONGEST_ID = 255;
  private static final int LONGEST_TITLE = 24;
  private static final int MOST_FIELDS = 100;
  private static final int LONGEST_MEMORY = 2_000;

  public Dialog {
    fields = List.copyOf(fields);
    title = VisibleText.line(title);
    submit = VisibleText.line(submit);
    check(!id.isEmpty() && id.length() <= LONGEST_ID, "a dialog's id has 1 to 255 characters");
    check(!title.isBlank() && title.length() <= LONGEST_TITLE, "a title has 1 to 24 characters");
    check(submit.length() <= LONGEST_TITLE, "a button's label has at most 24 characters");
    check(memory.length() <= LONGEST_MEMORY, "a dialog remembers at most 2,000 characters");
    check(!fields.isEmpty() && fields.size() <= MOST_FIELDS, "a dialog has 1 to 100 fields");
    Set<String> names = new HashSet<>();
    boolean asks = false;
    for (Field field : fields) {
      if (field instanceof Question question) {
        asks = true;
        check(names.add(question.name()), "two fields have the name " + question.name());
      }
    }
    check(asks != submit.isEmpty(), "what is filled in has a button that sends it");
  }

  /** A dialog that only says something. */
  public static Dialog saying(String id, String title, String sentence) {
    return new Dialog(id, title, "", List.of(new Note(Text.sentence(sentence))), "");
  }

  private static void check(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** A part of a dialog. */
  public sealed interface Field {}

  /** Something to read. */
  public record Note(Text text) implements Field {}

  /** Something to fill in. */
  public sealed interface Question extends Field {
    /** The key under which it comes back; at most 75 characters. */
    String name();

    /** What is asked; at most 150 characters. */
    String label();

    /** Small print below, at most 150 characters; may be empty. */
    String hint();

    /** Whether the dialog cannot be sent without it. */
    boolean required();
  }

  /**
   * Words to type.
   *
   * @param tall whether there is room for several lines
   * @param longest at most so many characters, 3,000 in the extreme
   */
  public record Line(
      String name, String label, String hint, boolean required, boolean tall, int longest)
      implements Question {

    private static final int LONGEST = 3_000;

    public Line {
      label = VisibleText.line(label);
      hint = VisibleText.line(hint);
      checkWords(name, label, hint);
      check(longest > 0 && longest <= LONGEST, "1 to 3,000 characters can be typed");
    }
  }

  /**
   * A button within the dialog; what was filled in stays. It comes back as {@link
   * Inbound.ButtonClick} with the dialog on the screen.
   *
   * @param label at most 75 characters
   */
  public record Press(String action, String value, String label) implements Field {
    public Press {
      label = VisibleText.line(label);
      check(!label.isBlank() && label.length() <= 75, "a button's label has 1 to 75 characters");
    }
  }

  /**
   * One of several that a {@link Pick} offers.
   *
   * @param value how it comes back
   * @param label what is shown
   * @param group the heading under which it stands; empty where there is none
   */
  public record Option(String value, String label, String group) {
    public Option {
      value = VisibleText.line(value);
      label = VisibleText.line(label);
      group = VisibleText.line(group);
    }

    /** A word that is shown as it is. */
    public static Option of(String word) {
      return new Option(word, word, "");
    }

    /** Whether a menu can hold it. */
    public boolean fits() {
      return isShort(value) && isShort(label) && group.length() <= Pick.LONGEST_OPTION;
    }

    private static boolean isShort(String text) {
      return !text.isBlank() && text.length() <= Pick.LONGEST_OPTION;
    }
  }

  /**
   * One of several words.
   *
   * @param options 1 to 100, with words of at most 75 characters, in the order in which they are
   *     shown; either all are in groups or none is
   */
  public record Pick(String name, String label, String hint, boolean required, List<Option> options)
      implements Question {

    /** Options that one menu can hold. */
    public static final int MOST_OPTIONS = 100;

    /** Characters of an option. */
    public static final int LONGEST_OPTION = 75;

    public Pick {
      label = VisibleText.line(label);
      hint = VisibleText.line(hint);
      options = List.copyOf(options);
      checkWords(name, label, hint);
      check(!options.isEmpty() && options.size() <= MOST_OPTIONS, "a menu has 1 to 100 options");
      check(options.stream().allMatch(Option::fits), "an option has 1 to 75 characters");
      long grouped = options.stream().filter(each -> !each.group().isEmpty()).count();
      check(grouped == 0 || grouped == options.size(), "all options are in groups, or none is");
    }

    /** A choice of words that are shown as they are. */
    public static Pick of(
        String name, String label, String hint, boolean required, List<String> words) {
      return new Pick(name, label, hint, required, words.stream().map(Option::of).toList());
    }
  }

  /** Yes or no. Comes back as {@value #YES}, or not at all. */
  public record Tick(String name, String label, String hint) implements Question {

    /** How a tick comes back. */
    public static final String YES = "yes";

    public Tick {
      label = VisibleText.line(label);
      hint = VisibleText.line(hint);
      checkWords(name, label, hint);
    }

    @Override
    public boolean required() {
      return false;
    }
  }

  private static void checkWords(String name, String label, String hint) {
    check(!name.isBlank() && name.length() <= 75, "a field's name has 1 to 75 characters");
    check(!label.isBlank() && label.length() <= 150, "a field's label has 1 to 150 characters");
    check(hint.length() <= 150, "a field's hint has at most 150 characters");
  }
}
