package dev.sightline.change;

/**
 * A support agent, as far as deciding goes.
 *
 * @param group the vendor's group that the agent is in, as the vendor spells it
 */
public record AgentFacts(String group) {}
