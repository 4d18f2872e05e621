package dev.sightline.cache;

import dev.sightline.model.LogHash;

/**
 * Where the log of an organization stands.
 *
 * @param revision 0: there is no such organization
 * @param hash of the log's last record
 * @param asOf a reading of {@link System#nanoTime}: at some instant after it this was the head
 * @param databaseMicros what the database's clock had passed at some instant at which this was the
 *     head, in microseconds since 1970
 */
public record Proven(long revision, LogHash hash, long asOf, long databaseMicros) {}
