package dev.sightline.store;

/**
 * Where a record stands in its organization's log.
 *
 * @param number among the changes of the revision, from 0
 */
public record LogPlace(long revision, int number) {}
