package dev.sightline.client;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list, decided at one position. Pages of one list may be of different positions; what
 * is in the list throughout is in exactly one of them.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="pages"}
 *
 * @param items in the list's order; may be empty
 * @param position where in the organization's log it was decided
 * @param nextToken where the list goes on; empty at its end
 */
public record Page<T>(List<T> items, Position position, String nextToken) {
  /** Copies what could change. */
  public Page {
    items = List.copyOf(items);
  }

  /** Where the list goes on. */
  Optional<String> next() {
    return nextToken.isEmpty() ? Optional.empty() : Optional.of(nextToken);
  }
}
