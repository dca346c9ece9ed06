package dev.bandmaster.agent.action;

import java.util.List;

/** One thing an agent can do, such as {@code deploy}, with the actions that belong to it. */
public interface AgentModule {

  /** The name the bus routes by and filters ask for, such as {@code deploy}. */
  String capability();

  /** What it can be asked; names are unique within the module. */
  List<ActionDeclaration> actions();
}
