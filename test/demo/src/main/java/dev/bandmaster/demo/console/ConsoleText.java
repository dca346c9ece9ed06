package dev.bandmaster.demo.console;

import dev.bandmaster.core.chat.PlainText;
import dev.bandmaster.plugin.Message;
import dev.bandmaster.simulator.workspace.Workspace;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages as text, with names in place of ids. */
final class ConsoleText {

  /** What is written for what; the longest id first, since one may begin with another. */
  private final Map<String, String> names = new LinkedHashMap<>();

  ConsoleText(Workspace workspace) {
    Map<String, String> found = new LinkedHashMap<>();
    workspace.people().forEach(each -> found.put("@" + each.id(), "@" + each.name()));
    workspace.groups().forEach(each -> found.put("@" + each.id(), "@" + each.handle()));
    workspace.channels().forEach(each -> found.put("#" + each.id(), "#" + each.name()));
    List<String> ids =
        found.keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    ids.forEach(id -> names.put(id, found.getOrDefault(id, id)));
  }

  String of(Message message) {
    return named(PlainText.of(message));
  }

  String channel(String id) {
    return named("#" + id);
  }

  private String named(String text) {
    String named = text;
    for (Map.Entry<String, String> each : names.entrySet()) {
      named = named.replace(each.getKey(), each.getValue());
    }
    return named;
  }
}
