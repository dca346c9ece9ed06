package dev.bandmaster.acl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Places, as a rule names them.
 *
 * @param direct {@code dm}: direct messages with the bot
 */
public record Where(boolean anywhere, boolean direct, Set<String> channels) {
  public Where {
    channels = Set.copyOf(channels);
  }

  public boolean matches(Channel channel) {
    return anywhere || (channel.direct() ? direct : channels.contains(channel.id()));
  }

  /** As in a sentence: {@code dm, C0OPS}. */
  public String inWords() {
    if (anywhere) {
      return "anywhere";
    }
    var names = new ArrayList<>(direct ? List.of("dm") : List.<String>of());
    channels.stream().sorted().forEach(names::add);
    return String.join(", ", names);
  }
}
