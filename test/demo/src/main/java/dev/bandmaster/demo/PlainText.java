package dev.bandmaster.demo;

import dev.bandmaster.simulator.workspace.Person;
import dev.bandmaster.simulator.workspace.Workspace;

/** Turns what Slack shows into text for a terminal. */
final class PlainText {

  private final Workspace workspace;

  PlainText(Workspace workspace) {
    this.workspace = workspace;
  }

  /** The text with people's names for their ids and without Slack's escapes. */
  String of(String shown) {
    String text = shown.replace("\u2060", "");
    for (Person person : workspace.people()) {
      text = text.replace("<@" + person.id() + ">", "@" + person.name());
    }
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
