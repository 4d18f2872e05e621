package dev.sightline;

import dev.sightline.cache.Fresh;
import dev.sightline.cache.Graphs;
import dev.sightline.change.Instants;
import dev.sightline.command.Outcome;
import dev.sightline.command.Settle;
import dev.sightline.command.Writes;
import dev.sightline.command.Written;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.store.Author;
import dev.sightline.store.DirectoryReads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks for organizations in which something has to be written because time has passed, and has
 * their writers do it: requests that end, and those whose addressee can no longer decide. Every
 * node does; whichever comes second finds nothing to do.
 */
final class Settling {
  static final Duration PERIOD = Duration.ofSeconds(1);

  /** So long nobody looks at an organization that this node has nothing to do with. */
  private static final Duration UNSEEN = Duration.ofSeconds(10);

  private static final int MOST_TOGETHER = 50;
  private static final Author TIME = new Author(null, null, "sightline");

  private final DirectoryReads directory;
  private final Graphs graphs;
  private final Writes writes;
  private final InstantSource time;

  /** Until when each was settled by this node, of those with pending requests. */
  private final Map<OrganizationId, Instant> settled = new ConcurrentHashMap<>();

  /** When each was last handed to its writer, whatever came of it. */
  private final Map<OrganizationId, Instant> looked = new HashMap<>();

  Settling(DirectoryReads directory, Graphs graphs, Writes writes, InstantSource time) {
    this.directory = directory;
    this.graphs = graphs;
    this.writes = writes;
    this.time = time;
  }

  /** Looks at some, longest not looked at first; returns when what was due in them is written. */
  synchronized void settle() {
    write(
        waiting().stream()
            .filter(this::isDue)
            .sorted(Comparator.comparing(id -> looked.getOrDefault(id, Instant.MIN)))
            .limit(MOST_TOGETHER)
            .toList());
  }

  /** Looks at all of them; returns when what was due is written. */
  synchronized void settleAll() {
    write(waiting());
  }

  private List<OrganizationId> waiting() {
    List<OrganizationId> waiting = directory.organizationsWithPendingRequests();
    settled.keySet().retainAll(new HashSet<>(waiting));
    looked.keySet().retainAll(new HashSet<>(waiting));
    return waiting;
  }

  private void write(List<OrganizationId> due) {
    Instant now = time.instant();
    due.forEach(organization -> looked.put(organization, now));
    CompletableFuture.allOf(
            due.stream()
                .map(organization ->
                    writes
                        .submit(
                            organization, new Settle(), TIME, Settling::through, null, () -> false)
                        .thenAccept(outcome -> note(organization, outcome)))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static Instant through(boolean done, Written written) {
    return written.graph().position().endedThrough();
  }

  private void note(OrganizationId organization, Outcome<Instant> outcome) {
    if (outcome instanceof Outcome.Done<Instant>(Instant through)) {
      settled.put(organization, through);
    }
  }

  /**
   * Where the graph is at hand, it tells. Elsewhere the writer looks, now and then: so no node
   * holds all organizations because somebody waits in each.
   */
  private boolean isDue(OrganizationId organization) {
    Instant now = time.instant();
    Instant since = settled.get(organization);
    Fresh fresh = since == null ? null : graphs.peek(organization);
    if (since == null || fresh == null) {
      Instant last = looked.get(organization);
      return last == null || !now.isBefore(last.plus(UNSEEN));
    }
    OrgGraph graph = fresh.graph();
    return graph.atTime(since).nextEnd() <= Instants.micros(now)
        || graph.facts().pendingRequests().values().stream()
            .anyMatch(request -> !now.isBefore(request.end()));
  }
}
