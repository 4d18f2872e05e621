package dev.sightline.cache;

import dev.sightline.graph.AccessRules;
import dev.sightline.graph.Micros;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.Position;
import dev.sightline.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Finds since when somebody has had the level that they have on a dashboard.
 *
 * <p>The graph is rewound along the log until the level is another. A revision's facts stood from
 * its instant to that of the next one, and may have changed the level meanwhile, as entries and
 * grants ended and began; so each revision is looked through from its instant on, from one such
 * change to the next. A step counts even if another follows at the same instant, as it does for
 * those who watch.
 *
 * <p>A walk may take longer than what was asked about stays fresh. What was found is kept, so that
 * asking again about a later graph goes back only to where the first walk began.
 *
 * <p>For one question, on one thread. Blocks.
 */
public final class LevelHistory {
  /** So many revisions are undone at the most. */
  public static final int MOST_REVISIONS = 10_000;

  private final RevisionLog log;
  private final UserId person;
  private final DashboardId dashboard;
  private final int mostRevisions;
  private @Nullable Known known;

  public LevelHistory(RevisionLog log, UserId person, DashboardId dashboard) {
    this(log, person, dashboard, MOST_REVISIONS);
  }

  LevelHistory(RevisionLog log, UserId person, DashboardId dashboard, int mostRevisions) {
    this.log = log;
    this.person = person;
    this.dashboard = dashboard;
    this.mostRevisions = mostRevisions;
  }

  /** The level on a graph, and since when, if that is known already. */
  private record Known(OrgGraph graph, Level level, @Nullable Since since) {}

  /**
   * Since when the person has had the level that they have on this graph.
   *
   * @throws NotAnswerable if the graph is not on the log, or the database is away
   */
  public Since since(OrgGraph now) throws NotAnswerable {
    Since since = now.revision() == 0 ? new Since.Ever() : walkedBackFrom(now);
    known = new Known(now, level(now), since);
    return since;
  }

  private Since walkedBackFrom(OrgGraph now) throws NotAnswerable {
    Level level = level(now);
    Rewinding past = new Rewinding(now, Math.max(1, now.revision() - mostRevisions), log);
    OrgGraph end = now;
    OrgGraph begin = now.atTime(Rewinding.written(now, log).endedThrough());
    while (true) {
      Since found = within(begin, end, level);
      if (found != null) {
        return found;
      }
      if (!past.canGoBack()) {
        return beforeAll(begin, level);
      }
      past.back();
      end = past.graph().through(begin.endedThrough());
      if (level(end) != level) {
        return step(begin, false);
      }
      begin = past.graph();
    }
  }

  /**
   * The last step to the level while a revision's facts stood.
   *
   * @param end where the level is the one asked about
   * @return null if the level was that one from {@code begin} to {@code end}
   */
  private @Nullable Since within(OrgGraph begin, OrgGraph end, Level level) {
    Known start = start(begin, end, level);
    OrgGraph graph = start.graph();
    boolean has = start.level() == level;
    Since found = start.since();
    while (validUntil(graph) <= end.endedThrough()) {
      graph = graph.through(validUntil(graph));
      boolean had = has;
      has = level(graph) == level;
      found = has && !had ? step(graph, true) : found;
    }
    return found;
  }

  private Known start(OrgGraph begin, OrgGraph end, Level level) {
    Known earlier = known;
    return earlier != null && earlier.level() == level && isBetween(begin, earlier.graph(), end)
        ? earlier
        : new Known(begin, level(begin), null);
  }

  private static boolean isBetween(OrgGraph begin, OrgGraph graph, OrgGraph end) {
    return graph.revision() == begin.revision()
        && graph.position().head().equals(begin.position().head())
        && begin.endedThrough() <= graph.endedThrough()
        && graph.endedThrough() <= end.endedThrough();
  }

  /** Before the first revision nobody had any level. */
  private static Since beforeAll(OrgGraph oldest, Level level) {
    Position position = oldest.position();
    if (position.revision() > 1) {
      return new Since.Before(position.endedThrough(), position.revision());
    }
    return level == Level.NONE ? new Since.Ever() : step(oldest, false);
  }

  private static Since step(OrgGraph at, boolean byTime) {
    return new Since.Step(Micros.instant(at.endedThrough()), at.revision(), byTime);
  }

  private Level level(OrgGraph graph) {
    return AccessRules.level(AccessRules.decide(graph, person, dashboard));
  }

  private long validUntil(OrgGraph graph) {
    return AccessRules.validUntil(
        graph, graph.personOrdinal(person.value()), graph.dashboardOrdinal(dashboard.value()));
  }
}
