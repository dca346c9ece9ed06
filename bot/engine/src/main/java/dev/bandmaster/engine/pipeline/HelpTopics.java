package dev.bandmaster.engine.pipeline;

import dev.bandmaster.plugin.Topic;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Under which heading {@code help} shows a command. */
final class HelpTopics {
  private HelpTopics() {}

  /** What a command is about: what it declares, or else what others of its kind are about. */
  static Topic of(Command command) {
    return command
        .declaration()
        .traits()
        .topic()
        .orElseGet(() ->
            switch (command) {
              case Command.Planned _ -> Topic.NODES;
              case Command.JobCommand _ -> Topic.JOBS;
              case Command.BuiltIn _, Command.ActionCommand _ -> Topic.BOT;
            });
  }

  /** The commands of each topic, in the order of topics. */
  static Map<Topic, List<Command>> group(List<Command> commands) {
    return commands.stream()
        .collect(
            Collectors.groupingBy(
                HelpTopics::of, () -> new EnumMap<>(Topic.class), Collectors.toList()));
  }

  static String title(Topic topic) {
    return switch (topic) {
      case NODES -> "Nodes and applications";
      case JOBS -> "Jobs and approvals";
      case LOCKS -> "Locks and freezes";
      case LATER -> "Schedules";
      case ALERTS -> "Alerts";
      case BOT -> "Other";
    };
  }

  /** The topic of this title, in whatever case. */
  static Optional<Topic> named(String title) {
    String wanted = title.toLowerCase(Locale.ROOT);
    for (Topic topic : Topic.values()) {
      if (title(topic).toLowerCase(Locale.ROOT).equals(wanted)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }
}
