package dev.bandmaster.engine.view;

import dev.bandmaster.plugin.Text;

/** A stored mention as text: the id of a group, or ids of people, each after an {@code @}. */
public final class MentionText {
  private MentionText() {}

  public static Text of(String mention) {
    Text text = Text.EMPTY;
    for (String id : mention.split(",", -1)) {
      if (id.isEmpty()) {
        continue;
      }
      Text spaced = text.spans().isEmpty() ? text : text.and(" ");
      text = id.startsWith("@") ? spaced.person(id.substring(1)) : spaced.group(id);
    }
    return text;
  }
}
