package dev.sightline.store;

import dev.sightline.model.LogHash;
import dev.sightline.model.Position;
import java.time.Instant;

/**
 * Where an organization stands.
 *
 * @param revision its last revision
 * @param hash of the log's last record
 * @param at when that revision happened
 * @param fingerprint of the graph at that revision, as its writer gave it
 * @param counts how many facts of each kind there are
 */
public record Head(long revision, LogHash hash, Instant at, long fingerprint, Counts counts) {
  public Position position() {
    return new Position(revision, hash, at);
  }
}
