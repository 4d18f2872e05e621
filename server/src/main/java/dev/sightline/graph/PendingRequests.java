package dev.sightline.graph;

import dev.sightline.change.RequestFacts;
import dev.sightline.model.RequestId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The access requests that nobody has decided, those past their end included until that is written
 * down. Copied with each revision that changes one: there are few.
 */
final class PendingRequests {
  static final PendingRequests NONE = new PendingRequests(new TreeMap<>());

  private static final long WEIGHT = 300;

  private final SortedMap<RequestId, RequestFacts> byId;

  private PendingRequests(SortedMap<RequestId, RequestFacts> byId) {
    this.byId = Collections.unmodifiableSortedMap(byId);
  }

  SortedMap<RequestId, RequestFacts> byId() {
    return byId;
  }

  /** These, all of them pending; the map is the callee's from now on. */
  static PendingRequests of(SortedMap<RequestId, RequestFacts> byId) {
    return byId.isEmpty() ? NONE : new PendingRequests(byId);
  }

  /** What is kept of a request: itself, or nothing. */
  static @Nullable RequestFacts kept(@Nullable RequestFacts facts) {
    return facts != null && facts.isPending() ? facts : null;
  }

  long weightInBytes() {
    return WEIGHT * byId.size();
  }
}
