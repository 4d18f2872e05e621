package dev.sightline.client;

/**
 * Somebody who has VIEWER or more on a dashboard.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="audience"}
 *
 * @param user the user's id, or the agent's
 * @param level the level
 * @param because the line of the rules behind it
 */
public record AudienceMember(String user, Level level, Because because) {}
