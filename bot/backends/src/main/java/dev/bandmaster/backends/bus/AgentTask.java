package dev.bandmaster.backends.bus;

import dev.bandmaster.model.Data;

/**
 * What an agent is asked for.
 *
 * @param capability the agent's capability that does it
 * @param action the capability's action
 * @param arguments the action's arguments
 */
public record AgentTask(String capability, String action, Data.Fields arguments) {}
