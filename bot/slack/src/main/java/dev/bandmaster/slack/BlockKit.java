package dev.bandmaster.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.plugin.Message;
import java.util.List;

/**
 * Puts a message into Slack's blocks, within Slack's limits. Pure.
 *
 * <p>What does not fit is never dropped in silence: a line says how many lines are missing. The one
 * that has more to say than a message holds attaches a file of its own accord, as jobs do. Headers
 * and buttons are kept whatever else has to go.
 */
final class BlockKit {

  /** Characters of {@code text}; an update of more than 4,000 fails, a longer post is split. */
  static final int LONGEST_FALLBACK = 3_500;

  /**
   * What one surface holds. Blocks are as Slack's documentation of layout blocks says.
   *
   * @param characters in all blocks together
   * @param kept headers and rows of buttons that stay in any case; more of them is a mistake
   */
  private record Limits(int blocks, int characters, int kept) {}

  /**
   * Slack refuses messages that are too long as a whole and does not say from where on; 12,000 is
   * the limit it does give, for markdown blocks.
   */
  private static final Limits MESSAGE = new Limits(50, 12_000, 40);

  /** A home tab may have 250 kB; with escapes and frames a character takes up to six bytes. */
  private static final Limits HOME = new Limits(100, 36_000, 80);

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private BlockKit() {}

  /**
   * A message as Slack takes it.
   *
   * @param blocks the value of {@code blocks}, JSON
   * @param text the value of {@code text}, which notifications show
   * @param linesLeftOut how many lines did not fit
   */
  record Rendered(String blocks, String text, int linesLeftOut) {}

  /** Whether a message can be shown without leaving anything out. */
  static boolean holds(Message message) {
    return render(message).linesLeftOut() == 0;
  }

  /** Renders a message in the blocks that every Slack shows. */
  static Rendered render(Message message) {
    return render(message, BlockForm.CLASSIC);
  }

  /** Renders a message. */
  static Rendered render(Message message, BlockForm form) {
    return render(message, MESSAGE, form);
  }

  /** Renders a home tab, as the value of {@code view}. It takes none of the modern blocks. */
  static String renderHome(Message message) {
    return "{\"type\":\"home\",\"blocks\":"
        + render(message, HOME, BlockForm.CLASSIC).blocks()
        + "}";
  }

  private static Rendered render(Message message, Limits limits, BlockForm form) {
    List<BlockPiece> pieces = BlockPiece.all(message.blocks(), form);
    ArrayNode blocks = JSON.arrayNode();
    int leftOut = 0;
    Room room = new Room(pieces, limits);
    int markerAt = -1;
    for (BlockPiece piece : pieces) {
      if (room.admits(piece)) {
        blocks.add(piece.block());
      } else {
        leftOut += piece.lines();
        markerAt = markerAt < 0 ? blocks.size() : markerAt;
      }
    }
    if (leftOut > 0) {
      blocks.insert(markerAt, marker(leftOut));
    }
    return new Rendered(blocks.toString(), Fallback.of(message), leftOut);
  }

  private static ObjectNode marker(int lines) {
    String sentence =
        lines == 1
            ? "… 1 more line does not fit into one message"
            : "… " + lines + " more lines do not fit into one message";
    return BlockPiece.context(sentence);
  }

  /** What is left of the message's room, after what has to be in it has its place. */
  private static final class Room {
    private int kept;
    private int blocks;
    private int characters;
    private boolean full;

    Room(List<BlockPiece> pieces, Limits limits) {
      kept = limits.kept();
      blocks = limits.blocks();
      characters = limits.characters();
      int all = pieces.size();
      int length = pieces.stream().mapToInt(BlockPiece::characters).sum();
      if (all <= limits.blocks() && length <= limits.characters()) {
        return;
      }
      // One block is for the line that says what is missing.
      blocks--;
      pieces.stream()
          .filter(BlockPiece::kept)
          .limit(limits.kept())
          .forEach(piece -> {
            blocks--;
            characters -= piece.characters();
          });
    }

    boolean admits(BlockPiece piece) {
      if (piece.kept() && kept-- > 0) {
        return true;
      }
      // After the first that is left out all are, so that the marker stands where the text ends.
      full = full || blocks < 1 || characters < piece.characters();
      blocks--;
      characters -= piece.characters();
      return !full;
    }
  }
}
