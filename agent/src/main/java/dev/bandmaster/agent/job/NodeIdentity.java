package dev.bandmaster.agent.job;

/**
 * Who answers.
 *
 * @param node the node's name
 * @param boot this start of the agent
 */
public record NodeIdentity(String node, String boot) {}
