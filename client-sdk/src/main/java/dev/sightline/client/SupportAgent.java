package dev.sightline.client;

/**
 * A member of the vendor's staff, who belongs to no organization.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 *
 * @param id {@code support:} and an id, unique everywhere, never used again
 * @param name 1 to 200 characters
 * @param email the e-mail address
 * @param group the vendor's group that the agent is in, 1 to 100 characters
 */
public record SupportAgent(String id, String name, String email, String group) {}
