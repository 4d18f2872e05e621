package dev.sightline.client;

/**
 * What a write did, and what it made.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="dashboards"}
 *
 * @param value what there is now
 * @param written where the change is in
 */
public record Result<T>(T value, Written written) {}
