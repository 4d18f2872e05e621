package dev.sightline.cache;

import java.time.Instant;

/** Since when something has been as it is. */
public sealed interface Since {
  /**
   * Since a step that made it so.
   *
   * @param at when; microsecond precision
   * @param revision the revision that did it, or after which time did it
   * @param byTime whether time alone did it: something ended or began by itself
   */
  record Step(Instant at, long revision, boolean byTime) implements Since {}

  /**
   * Since before the oldest revision that was looked at.
   *
   * @param at that revision's instant; microsecond precision
   * @param revision that revision
   */
  record Before(Instant at, long revision) implements Since {}

  /** It has never been otherwise. */
  record Ever() implements Since {}
}
