package dev.sightline.store;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list, ordered by id.
 *
 * @param after the id that the last page ended with, null for the first page
 * @param limit at most so many
 */
public record Page(@Nullable String after, int limit) {
  public Page {
    if (limit < 1) {
      throw new IllegalArgumentException("a page holds at least one: " + limit);
    }
  }

  public static Page first(int limit) {
    return new Page(null, limit);
  }

  /** The id to begin after; no id sorts before the empty text. */
  String begin() {
    return after == null ? "" : after;
  }
}
