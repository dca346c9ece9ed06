package dev.bandmaster.simulator.http;

import dev.bandmaster.simulator.control.SeenMessage;
import dev.bandmaster.simulator.world.Json;
import java.util.function.Predicate;

/** Which message a wait is for: every field that is given must fit. */
final class Wanted {
  private Wanted() {}

  static Predicate<SeenMessage> by(Fields fields) {
    String thread = fields.text("thread_ts", "");
    String user = fields.text("user", "");
    String after = fields.text("after", "");
    String contains = fields.text("contains", "");
    String reaction = fields.text("reaction", "");
    return message ->
        (thread.isEmpty() || thread.equals(message.threadTs()) || thread.equals(message.ts()))
            && (user.isEmpty()
                || user.equals(message.user())
                || user.equals(Json.text(message.json(), "user_name")))
            && message.ts().compareTo(after) > 0
            && (message.shown().contains(contains) || message.text().contains(contains))
            && (reaction.isEmpty() || message.reactions().contains(reaction));
  }
}
