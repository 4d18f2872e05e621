package dev.sightline.client;

/**
 * What a user or a team was given on a dashboard.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="access"}
 *
 * @param subject whom it is for
 * @param level NONE, VIEWER or EDITOR
 * @param end when it ends
 */
public record AccessEntry(Subject subject, Level level, End end) {}
