package dev.sightline.command;

import dev.sightline.cache.Graphs;
import dev.sightline.cache.Move;
import dev.sightline.change.Change;
import dev.sightline.change.Effect;
import dev.sightline.change.Instants;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.Revision;
import dev.sightline.graph.GraphCounts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.LogHash;
import dev.sightline.model.Position;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.Author;
import dev.sightline.store.Head;
import dev.sightline.store.OrganizationTransaction;
import dev.sightline.store.Proofs.ProvenHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An organization in a transaction that holds its lock: its graph at the head of the log, and what
 * is appended to it.
 *
 * <p>INVARIANT: before anything is decided at an instant, what had to be written because time has
 * passed is written, each thing as of the instant that brought it about. So nobody decides on what
 * is over, and it does not matter when the job that looks for it comes by.
 */
final class LockedOrganization {
  private static final Author TIME = new Author(null, null, "sightline");
  private static final int MOST_USERS = 2_000_000;
  private static final int MOST_ENTRIES = 20_000_000;

  private final OrganizationTransaction transaction;
  private final Facts facts;
  private final List<Move> moves = new ArrayList<>();
  private OrgGraph graph;

  LockedOrganization(OrganizationTransaction transaction, Graphs graphs) {
    this.transaction = transaction;
    this.facts = new LockedFacts(transaction);
    Head head = transaction.head();
    this.graph =
        graphs.atHead(
            transaction.organization(),
            head == null ? null : new ProvenHead(head.revision(), head.hash(), head.fingerprint()),
            new LockedLog(transaction));
  }

  OrganizationTransaction transaction() {
    return transaction;
  }

  OrgGraph graph() {
    return graph;
  }

  /** How the graph came to be what it is, oldest first. */
  List<Move> moves() {
    return moves;
  }

  /** What a command is decided on now. */
  Situation situation() {
    return situation(transaction.now());
  }

  /** The same at an instant that several organizations share, not before this one's own now. */
  Situation situation(Instant wanted) {
    Instant passed = graph.position().endedThrough();
    Instant now = wanted.isBefore(passed) ? passed : wanted;
    settle(now);
    graph = Graphs.ended(graph, Instants.micros(now));
    return new Situation(graph, facts, now);
  }

  /**
   * Appends one revision, with what follows from it and who is told. Without changes, nothing.
   *
   * @param situation the last one
   * @return why it cannot be, and then nothing was written; null if it was
   */
  @Nullable Refusal write(
      Author author, Situation situation, List<Change> changes, List<Effect> effects) {
    if (changes.isEmpty()) {
      return null;
    }
    Position next = next(situation.now());
    OrgGraph after = graph.applied(new Revision(next, changes));
    Refusal tooLarge = tooLarge(after);
    if (tooLarge != null) {
      return tooLarge;
    }
    List<Effect> all = new ArrayList<>(effects);
    all.addAll(Notices.of(graph, after, changes, author.actor(), facts, situation.now()));
    if (after.facts().pendingRequests().isEmpty()) {
      append(author, situation.now(), changes, all, after);
    } else {
      FollowUps followUps = FollowUps.of(graph, after, changes, facts, situation.now());
      append(author, situation.now(), changes, all, after, followUps);
    }
    return null;
  }

  /**
   * Requests are the only thing that is written because time has passed. The graph may be ahead of
   * the log in time: others read it. What that has passed over has still to be looked at.
   */
  private void settle(Instant now) {
    Head head = transaction.head();
    if (head == null || graph.facts().pendingRequests().isEmpty()) {
      return;
    }
    graph = graph.atTime(head.at());
    Instant next = nextToLookAt();
    while (next != null && !next.isAfter(now)) {
      OrgGraph before = graph;
      graph = graph.through(next);
      FollowUps followUps = FollowUps.ofTime(before, graph, facts, next);
      append(TIME, next, List.of(), List.of(), graph, followUps);
      next = nextToLookAt();
    }
  }

  /** The next instant at which something ends, a request included; null if no request is left. */
  private @Nullable Instant nextToLookAt() {
    Instant next =
        graph.facts().pendingRequests().values().stream()
            .map(RequestFacts::end)
            .min(Instant::compareTo)
            .orElse(null);
    boolean endsBefore = next != null && graph.nextEnd() < Instants.micros(next);
    return endsBefore ? Instants.ofMicros(graph.nextEnd()) : next;
  }

  private void append(
      Author author,
      Instant at,
      List<Change> changes,
      List<Effect> effects,
      OrgGraph after,
      FollowUps followUps) {
    if (followUps.changes().isEmpty()) {
      if (!changes.isEmpty()) {
        append(author, at, changes, effects, after);
      }
      return;
    }
    List<Change> all = new ArrayList<>(changes);
    all.addAll(followUps.changes());
    List<Effect> allEffects = new ArrayList<>(effects);
    allEffects.addAll(followUps.effects());
    append(author, at, all, allEffects, graph.applied(new Revision(next(at), all)));
  }

  private void append(
      Author author, Instant at, List<Change> changes, List<Effect> effects, OrgGraph after) {
    Position written = transaction.append(author, at, changes, effects, after.fingerprint());
    OrgGraph before = graph;
    graph = after.withHead(written.head());
    moves.add(new Move(before, new Revision(written, changes), graph));
  }

  /** The position that the next revision leads to, but for the hash, which only the log knows. */
  private Position next(Instant at) {
    return new Position(graph.position().revision() + 1, LogHash.EMPTY, at);
  }

  private static @Nullable Refusal tooLarge(OrgGraph graph) {
    GraphCounts counts = graph.counts();
    if (counts.users() <= MOST_USERS && counts.entries() <= MOST_ENTRIES) {
      return null;
    }
    return Refusal.of(
        Reason.TOO_LARGE,
        "An organization holds at most %d users and %d entries."
            .formatted(MOST_USERS, MOST_ENTRIES),
        "users",
        Long.toString(counts.users()),
        "entries",
        Long.toString(counts.entries()));
  }
}
