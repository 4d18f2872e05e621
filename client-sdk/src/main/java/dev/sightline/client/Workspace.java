package dev.sightline.client;

/**
 * A workspace: a label that a dashboard may carry, which scopes support access.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="workspaces"}
 *
 * @param id unique among the organization's workspaces, never used again
 * @param name 1 to 200 characters
 */
public record Workspace(String id, String name) {}
