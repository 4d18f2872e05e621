package dev.sightline.client;

/**
 * What an organization is.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 *
 * @param id unique everywhere
 * @param name 1 to 200 characters
 * @param parent the organization above it; empty for the root of a realm
 * @param root the root of its realm; its own id for a root
 */
public record OrganizationFacts(String id, String name, String parent, String root) {}
