package dev.sightline.client;

/**
 * What a write did. It is durable, and every later call of this client sees it.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="position"}
 *
 * @param position where the change is in; pass it on so that others see it, too
 * @param revision the organization's revision there; dense from 1 on
 * @param changed false if everything was already as asked for: then there is no new revision
 */
public record Written(Position position, long revision, boolean changed) {}
