package dev.sightline.watch;

import dev.sightline.cache.NotAnswerable;
import dev.sightline.cache.Proven;
import dev.sightline.cache.RevisionLog;
import dev.sightline.change.Instants;
import dev.sightline.change.Revision;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.Loading;
import dev.sightline.graph.NaiveOrganization;
import dev.sightline.graph.OrgGraph;
import dev.sightline.graph.RandomOrganization;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A database that holds one random organization and a clock, without being one. */
final class World implements RevisionLog {
  private final RandomOrganization organization;
  private final List<Revision> log = new ArrayList<>();
  private final List<OrgGraph> graphs = new ArrayList<>();
  private final List<NaiveOrganization> facts = new ArrayList<>();
  private long now;

  World(long seed, int scale) {
    organization = new RandomOrganization(seed, scale);
    graphs.add(OrgGraph.empty(organization.id()));
    facts.add(new NaiveOrganization());
    commit();
  }

  OrganizationId id() {
    return organization.id();
  }

  /** Appends a revision; its instant may be earlier than what the clock shows by now. */
  synchronized Revision commit() {
    Revision next = organization.next();
    log.add(next);
    graphs.add(graphs.getLast().applied(next));
    facts.add(organization.facts().copy());
    now = Math.max(now, Instants.micros(next.at()));
    return next;
  }

  /** The facts of now. */
  synchronized NaiveOrganization facts() {
    return facts.getLast();
  }

  synchronized void pass(long micros) {
    now += micros;
  }

  synchronized long now() {
    return now;
  }

  synchronized long revision() {
    return log.size();
  }

  /** In the lineage of those who apply every revision. */
  synchronized OrgGraph graph(long revision) {
    return graphs.get((int) revision);
  }

  /** The organization of now, in a lineage of its own. */
  synchronized OrgGraph loaded() {
    Position position = log.getLast().position();
    return Loading.of(facts.getLast(), id(), position).through(Instants.ofMicros(now));
  }

  synchronized Proven proof() {
    long asOf = System.nanoTime();
    return new Proven(log.size(), log.getLast().position().head(), asOf, now);
  }

  @Override
  public synchronized @Nullable Position positionAt(long revision) {
    return revision < 1 || revision > log.size() ? null : log.get((int) revision - 1).position();
  }

  @Override
  public synchronized List<Revision> after(long revision, int limit) throws NotAnswerable {
    int from = (int) revision;
    return List.copyOf(log.subList(from, Math.min(log.size(), from + limit)));
  }

  /** Somebody on something. */
  record Pair(UserId user, DashboardId dashboard) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int byUser = user.value().compareTo(other.user.value());
      return byUser != 0 ? byUser : dashboard.value().compareTo(other.dashboard.value());
    }
  }

  /** Every level above NONE at a cursor that the filter lets through. */
  Map<Pair, Level> levels(Cursor cursor, Filter filter) {
    if (cursor.revision() == 0) {
      return new TreeMap<>();
    }
    Instant time = Instants.ofMicros(cursor.throughMicros());
    OrgGraph graph = graph(cursor.revision()).atTime(time);
    Map<Pair, Level> levels = new TreeMap<>();
    for (int person = 0; person < graph.personOrdinals(); person++) {
      for (int dashboard = 0; dashboard < graph.dashboardOrdinals(); dashboard++) {
        Level level = AccessRules.level(AccessRules.decide(graph, person, dashboard));
        Pair pair = new Pair(graph.person(person), graph.dashboard(dashboard));
        if (level != Level.NONE && isWanted(filter, pair)) {
          levels.put(pair, level);
        }
      }
    }
    return levels;
  }

  /** The same by the naive evaluator. */
  Map<Pair, Level> naiveLevels(Cursor cursor, Filter filter) {
    NaiveOrganization then;
    synchronized (this) {
      then = facts.get((int) cursor.revision());
    }
    Instant time = Instants.ofMicros(cursor.throughMicros());
    Map<Pair, Level> levels = new TreeMap<>();
    for (UserId user : then.people()) {
      for (DashboardId dashboard : then.dashboards.keySet()) {
        Level level = then.verdict(user, dashboard, time).level();
        Pair pair = new Pair(user, dashboard);
        if (level != Level.NONE && isWanted(filter, pair)) {
          levels.put(pair, level);
        }
      }
    }
    return levels;
  }

  static boolean isWanted(Filter filter, Pair pair) {
    return (filter.users().isEmpty() || filter.users().contains(pair.user()))
        && (filter.dashboards().isEmpty() || filter.dashboards().contains(pair.dashboard()));
  }

  /** The log from this revision on turns out to be another one, though it says the same. */
  synchronized void rewriteFrom(long revision) {
    for (int i = (int) revision - 1; i < log.size(); i++) {
      Revision old = log.get(i);
      LogHash hash = new LogHash("%016x".formatted(0xf0000L + i) + "0".repeat(48));
      Position position = new Position(old.number(), hash, old.at());
      log.set(i, new Revision(position, old.changes()));
      graphs.set(i + 1, graphs.get(i + 1).withHead(hash));
    }
  }

  /** The position of a revision as a cursor. */
  synchronized Cursor cursorAt(long revision) {
    return Cursor.at(graphs.get((int) revision));
  }
}
