package dev.sightline.watch;

import dev.sightline.model.OrganizationId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to watch, from where, and what of it.
 *
 * @param organizations those named, each with where to go on; empty: from now on, or as {@code
 *     fromCreation} says
 * @param scope what else
 * @param fromCreation whether organizations of the scope that are not named begin with their
 *     creation; else from now on
 * @param heartbeat how often a heartbeat is sent unasked; null: never
 * @param holdsAnswers whether the watcher honours answers for as long as heartbeats allow
 */
public record WatchPlan(
    Map<OrganizationId, Optional<Cursor>> organizations,
    Scope scope,
    boolean fromCreation,
    Filter filter,
    @Nullable Duration heartbeat,
    boolean holdsAnswers) {
  public WatchPlan {
    organizations = Map.copyOf(organizations);
  }

  /** What is watched beyond the organizations named, whatever is created meanwhile included. */
  public sealed interface Scope {}

  /** Nothing. */
  public record Named() implements Scope {}

  /** The organizations under a root, and the root. */
  public record Realm(OrganizationId root) implements Scope {}

  /** All. */
  public record Everything() implements Scope {}
}
