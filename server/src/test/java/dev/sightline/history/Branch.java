package dev.sightline.history;

import dev.sightline.change.Revision;
import dev.sightline.graph.NaiveOrganization;
import dev.sightline.history.PairHistory.Course;
import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One organization's log as it was read back, and what the rules said after each of its revisions,
 * by the naive reading of them. One thread's.
 */
final class Branch {
  /** Many more than are asked about at any time. */
  private static final int NEWEST = 4 * People.USERS;

  /** Odd, so that nothing is lost: 2^64 divided by the golden ratio. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  final Acknowledgements acknowledged;

  /** By when writers were told that nobody honours anything older any more. */
  final Acknowledgements everywhere;

  private final Map<Long, Long> begun = new HashMap<>();
  private final List<Revision> revisions = new ArrayList<>();
  private final Map<Long, PairHistory> pairs = new HashMap<>();
  private final NaiveOrganization now = new NaiveOrganization();
  private final Set<Integer> dashboards = new TreeSet<>();

  Branch() {
    this(new Acknowledgements(), new Acknowledgements());
  }

  private Branch(Acknowledgements acknowledged, Acknowledgements everywhere) {
    this.acknowledged = acknowledged;
    this.everywhere = everywhere;
  }

  /** The same up to a revision, to go on from it. */
  Branch until(long revision) {
    Branch copy = new Branch(acknowledged.until(revision), everywhere.until(revision));
    begun.forEach((of, instant) -> {
      if (of <= revision) {
        copy.begun.put(of, instant);
      }
    });
    for (Revision each : revisions.subList(0, (int) revision)) {
      copy.revisions.add(each);
      each.changes().forEach(copy.now::apply);
    }
    pairs.forEach((pair, history) -> copy.pairs.put(pair, history.until(revision)));
    copy.dashboards.addAll(dashboards);
    return copy;
  }

  long last() {
    return revisions.size();
  }

  Revision revision(long number) {
    return revisions.get((int) number - 1);
  }

  /** In microseconds since 1970. */
  long at(long number) {
    return micros(revision(number).at());
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Whether a position is one of this log's. */
  boolean has(Token position) {
    return has(position.revision(), position.hash());
  }

  boolean has(long revision, long hash) {
    return revision >= 1
        && revision <= last()
        && revision(revision).position().head().prefix() == hash;
  }

  /** A writer whose change this revision is had not begun before. */
  void begun(long revision, long instant) {
    begun.put(revision, instant);
  }

  /** When its writer began; the beginning of time if nobody knows. */
  long begun(long revision) {
    return begun.getOrDefault(revision, Long.MIN_VALUE);
  }

  PairHistory pair(int user, int dashboard) {
    return pairs.getOrDefault(key(user, dashboard), new PairHistory());
  }

  /** All dashboards that ever were. */
  Set<Integer> dashboards() {
    return dashboards;
  }

  /** One of a kind, and spread: a map folds the halves of a long onto each other. */
  private static long key(int user, int dashboard) {
    return ((long) user << 32 | dashboard) * SPREAD;
  }

  void append(Revision revision) {
    if (revision.number() != last() + 1) {
      throw new IllegalStateException(
          "the log goes from revision %d to %d".formatted(last(), revision.number()));
    }
    Set<UserId> users = new HashSet<>(askedAbout());
    Set<DashboardId> all = new HashSet<>(now.dashboards.keySet());
    revision.changes().forEach(now::apply);
    users.addAll(askedAbout());
    all.addAll(now.dashboards.keySet());
    revisions.add(revision);
    for (DashboardId dashboard : all) {
      int number = Ids.number(dashboard.value());
      dashboards.add(number);
      List<Instant> ends = ends(dashboard, revision.at());
      for (UserId user : users) {
        pairs
            .computeIfAbsent(key(Ids.number(user.value()), number), _ -> new PairHistory())
            .add(revision.number(), micros(revision.at()), course(user, dashboard, revision, ends));
      }
    }
  }

  /** Who may be asked about: the first, and the newest. Of the others nothing more is decided. */
  private List<UserId> askedAbout() {
    int newest =
        now.users.keySet().stream().mapToInt(user -> Ids.number(user.value())).max().orElse(0);
    return now.users.keySet().stream()
        .filter(user -> {
          int number = Ids.number(user.value());
          return number == 0 || number > newest - NEWEST;
        })
        .toList();
  }

  /** When something ends on a dashboard by itself, in order. */
  private List<Instant> ends(DashboardId dashboard, Instant after) {
    var ends = new TreeSet<Instant>();
    now.entries
        .getOrDefault(dashboard, Map.of())
        .values()
        .forEach(entry -> {
          if (entry.end() != null && entry.end().isAfter(after)) {
            ends.add(entry.end());
          }
        });
    return List.copyOf(ends);
  }

  private Course course(UserId user, DashboardId dashboard, Revision revision, List<Instant> ends) {
    List<Integer> verdicts = new ArrayList<>();
    List<Long> changes = new ArrayList<>();
    verdicts.add(Verdict.of(now.verdict(user, dashboard, revision.at())));
    for (Instant end : ends) {
      int verdict = Verdict.of(now.verdict(user, dashboard, end));
      if (verdict != verdicts.getLast()) {
        verdicts.add(verdict);
        changes.add(micros(end));
      }
    }
    return new Course(
        verdicts.stream().mapToInt(Integer::intValue).toArray(),
        changes.stream().mapToLong(Long::longValue).toArray());
  }
}
