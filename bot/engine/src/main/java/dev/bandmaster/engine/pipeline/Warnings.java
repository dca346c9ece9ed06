package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.Message;
import dev.bandmaster.plugin.Text;
import java.util.List;
import java.util.stream.Stream;

/**
 * What somebody should know who has asked for work. It forbids nothing.
 *
 * @param doubts sentences on why it may not be wanted
 * @param notes sentences on what was decided for the asker
 */
record Warnings(List<String> doubts, List<String> notes) {

  static final Warnings NONE = new Warnings(List.of(), List.of());

  Warnings {
    doubts = List.copyOf(doubts);
    notes = List.copyOf(notes);
  }

  boolean isEmpty() {
    return doubts.isEmpty() && notes.isEmpty();
  }

  /** The message beside the job's own. */
  Message message() {
    return new Message(
        Stream.concat(
                doubts.stream()
                    .<Message.Block>map(
                        doubt -> new Message.Paragraph(Text.sentence("⚠️ " + doubt))),
                notes.stream()
                    .<Message.Block>map(note -> new Message.Footnote(Text.sentence(note))))
            .toList());
  }
}
