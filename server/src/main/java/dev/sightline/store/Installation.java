package dev.sightline.store;

import java.time.Duration;
import java.util.UUID;

/**
 * What all nodes on one database share.
 *
 * @param id of this installation, made with its tables
 * @param maxStaleness how stale an answer may be
 */
public record Installation(UUID id, Duration maxStaleness) {}
