package dev.sightline.client;

import java.util.Optional;

/**
 * What became of what a deleted user owned.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="users"}
 *
 * @param heirId who inherited it; empty if they owned nothing
 * @param dashboards how many dashboards went to the heir
 * @param written where the change is in
 */
public record Inheritance(String heirId, long dashboards, Written written) {
  /** Who inherited it, if they owned anything. */
  public Optional<String> heir() {
    return heirId.isEmpty() ? Optional.empty() : Optional.of(heirId);
  }
}
