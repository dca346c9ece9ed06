package dev.bandmaster.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bandmaster.simulator.world.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * One page of a longer list, as cursors ask for it.
 *
 * @param items what is on the page
 * @param next the cursor of the next page, empty on the last
 * @param <T> what the list is of
 */
record Pages<T>(List<T> items, String next) {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final String PREFIX = "next:";

  Pages {
    items = List.copyOf(items);
  }

  /** The page of {@code all} that the call's {@code cursor} and {@code limit} name. */
  static <T> Pages<T> of(List<T> all, Arguments arguments) {
    int from = position(arguments.text("cursor"));
    int limit = arguments.limit("limit", USUAL, MOST);
    if (from < 0 || from > all.size()) {
      throw new ApiRefusal("invalid_cursor");
    }
    int to = Math.min(all.size(), from + limit);
    return new Pages<>(all.subList(from, to), to < all.size() ? cursor(to) : "");
  }

  /** Writes the cursor into an answer. */
  ObjectNode into(ObjectNode result) {
    result.set("response_metadata", Json.object().put("next_cursor", next));
    return result;
  }

  private static String cursor(int position) {
    return Base64.getEncoder().encodeToString((PREFIX + position).getBytes(StandardCharsets.UTF_8));
  }

  private static int position(String cursor) {
    if (cursor.isEmpty()) {
      return 0;
    }
    try {
      String plain = new String(Base64.getDecoder().decode(cursor), StandardCharsets.UTF_8);
      return plain.startsWith(PREFIX) ? Integer.parseInt(plain.substring(PREFIX.length())) : -1;
    } catch (IllegalArgumentException notOurs) {
      return -1;
    }
  }
}
