package dev.bandmaster.engine.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandmaster.plugin.CommandDeclaration;
import dev.bandmaster.plugin.CommandPlugin;
import dev.bandmaster.plugin.Invocation;
import dev.bandmaster.plugin.Planned;
import dev.bandmaster.plugin.PlanningContext;

/** A command that a script plans. */
record ScriptCommand(PluginScript script, CommandDeclaration declaration) implements CommandPlugin {

  @Override
  public Planned plan(Invocation invocation, PlanningContext context) {
    try {
      JsonNode answer =
          ScriptProcess.run(
              script,
              ScriptJson.plan(declaration.name(), invocation),
              question -> ScriptJson.answer(question, context));
      return ScriptJson.planned(answer, invocation);
    } catch (ScriptException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("it was interrupted", e);
    }
  }
}
