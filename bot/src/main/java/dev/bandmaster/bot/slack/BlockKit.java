package dev.bandmaster.bot.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.plugin.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a message into Slack's blocks, within Slack's limits. Pure.
 *
 * <p>What does not fit is never dropped in silence: a line says how many lines are missing. Whoever
 * has more to say than a message holds attaches a file of its own accord, as jobs do. Headers and
 * buttons are kept whatever else has to go.
 */
final class BlockKit {

  /** Blocks in one message (Slack's documentation of layout blocks). */
  static final int MOST_BLOCKS = 50;

  /** Characters of {@code text}; an update of more than 4,000 fails, a longer post is split. */
  static final int LONGEST_FALLBACK = 3_500;

  /**
   * Characters in all blocks of one message together. Slack refuses messages that are too long as a
   * whole and does not say from where on; 12,000 is the limit it does give, for markdown blocks.
   */
  static final int MOST_CHARACTERS = 12_000;

  /** Headers and rows of buttons that stay in any case; a message with more is a mistake. */
  private static final int MOST_KEPT = 40;

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

  /** Renders a message. */
  static Rendered render(Message message) {
    List<Piece> pieces = new ArrayList<>();
    message.blocks().forEach(block -> pieces.addAll(Piece.of(block)));
    ArrayNode blocks = JSON.arrayNode();
    int leftOut = 0;
    Room room = new Room(pieces);
    int markerAt = -1;
    for (Piece piece : pieces) {
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
            ? "… 1 line more does not fit into one message"
            : "… " + lines + " lines more do not fit into one message";
    return Piece.context(sentence);
  }

  /** What is left of the message's room, after what has to be in it has its place. */
  private static final class Room {
    private int kept = MOST_KEPT;
    private int blocks = MOST_BLOCKS;
    private int characters = MOST_CHARACTERS;
    private boolean full;

    Room(List<Piece> pieces) {
      int all = pieces.size();
      int length = pieces.stream().mapToInt(Piece::characters).sum();
      if (all <= MOST_BLOCKS && length <= MOST_CHARACTERS) {
        return;
      }
      // One block is for the line that says what is missing.
      blocks--;
      pieces.stream()
          .filter(Piece::kept)
          .limit(MOST_KEPT)
          .forEach(piece -> {
            blocks--;
            characters -= piece.characters();
          });
    }

    boolean admits(Piece piece) {
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
