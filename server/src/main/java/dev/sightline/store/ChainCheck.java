package dev.sightline.store;

import dev.sightline.model.LogHash;

/** What became of an organization's log. */
public sealed interface ChainCheck {
  /** Every record is as it was written, and the organization's head is the last one's hash. */
  record Intact(long revision, LogHash head) implements ChainCheck {}

  /** The first record that is missing, altered or out of place, and how that shows. */
  record Broken(long revision, int number, String how) implements ChainCheck {}
}
