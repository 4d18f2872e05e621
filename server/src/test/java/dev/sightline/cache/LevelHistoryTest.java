package dev.sightline.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.Revision;
import dev.sightline.graph.Loading;
import dev.sightline.graph.NaiveOrganization;
import dev.sightline.graph.OrgGraph;
import dev.sightline.graph.RandomOrganization;
import dev.sightline.graph.Seeds;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.Position;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Since when somebody has a level, on random histories against a walk through every second. */
class LevelHistoryTest {
  private static final int REVISIONS = 40;
  private static final int UNBOUNDED = 1_000;
  private static final UserId NOBODY = new UserId("nobody");
  private static final DashboardId NOTHING = new DashboardId("nothing");

  @Test
  void a_level_is_told_since_the_last_step_that_led_to_it() {
    Seeds.each(
        20,
        seed -> {
          Told told = new Told(seed, REVISIONS);
          for (int later = 0; later < 8; later += 3) {
            told.assertSince(told.now(later), later, UNBOUNDED);
          }
        });
  }

  @Test
  void it_is_the_same_on_a_graph_that_was_loaded() {
    Seeds.each(
        8,
        seed -> {
          Told told = new Told(seed, REVISIONS);
          Position position = told.graph.position();
          OrgGraph loaded = Loading.of(told.facts.getLast(), told.graph.id(), position);
          told.assertSince(loaded, 0, UNBOUNDED);
        });
  }

  @Test
  void what_lies_further_back_than_the_bound_is_not_looked_at() {
    Seeds.each(
        8,
        seed -> {
          Told told = new Told(seed, REVISIONS);
          told.assertSince(told.now(3), 3, 7);
          assertTrue(told.oldestRead >= REVISIONS - 7, () -> "read " + told.oldestRead);
        });
  }

  @Test
  void asking_again_on_later_graphs_gives_what_asking_anew_gives() {
    Seeds.each(
        8,
        seed -> {
          Told told = new Told(seed, REVISIONS / 2);
          for (UserId person : told.people) {
            for (DashboardId dashboard : told.dashboards) {
              told.assertSinceAgain(person, dashboard);
            }
          }
        });
  }

  @Test
  void asking_again_goes_back_only_to_where_the_first_walk_began() throws Exception {
    Told told = new Told(1, 600);
    LevelHistory history = told.history(NOBODY, NOTHING, UNBOUNDED);
    assertEquals(new Since.Ever(), history.since(told.graph));
    assertEquals(3, told.reads);
    told.tell();
    told.tell();
    assertEquals(new Since.Ever(), history.since(told.graph));
    assertEquals(4, told.reads);
  }

  @Test
  void nothing_has_happened_to_an_organization_that_is_not_there() throws Exception {
    Told told = new Told(1, 0);
    assertEquals(new Since.Ever(), told.since(told.graph, NOBODY, NOTHING, UNBOUNDED));
  }

  @Test
  void a_graph_that_is_not_on_the_log_is_not_walked_back() {
    Told told = new Told(1, 3);
    OrgGraph other = told.graph.withHead(new LogHash("f".repeat(64)));
    assertThrows(NotAnswerable.class, () -> told.since(other, NOBODY, NOTHING, UNBOUNDED));
  }

  /** A random history with its log. */
  private static final class Told implements RevisionLog {
    private final RandomOrganization organization;
    private final List<Revision> log = new ArrayList<>();
    final List<NaiveOrganization> facts = new ArrayList<>();
    final Set<UserId> people = new TreeSet<>(Set.of(NOBODY));
    final Set<DashboardId> dashboards = new TreeSet<>(Set.of(NOTHING));
    OrgGraph graph;
    long oldestRead = Long.MAX_VALUE;
    int reads;

    Told(long seed, int revisions) {
      organization = new RandomOrganization(seed, 10);
      graph = OrgGraph.empty(organization.id());
      for (int i = 0; i < revisions; i++) {
        tell();
      }
    }

    void tell() {
      Revision next = organization.next();
      log.add(next);
      graph = graph.applied(next);
      facts.add(organization.facts().copy());
      people.addAll(organization.facts().people());
      dashboards.addAll(organization.facts().dashboards.keySet());
    }

    OrgGraph now(int secondsLater) {
      return graph.through(at(log.size()).plusSeconds(secondsLater));
    }

    private Instant at(int revision) {
      return log.get(revision - 1).at();
    }

    Since since(OrgGraph from, UserId person, DashboardId dashboard, int bound)
        throws NotAnswerable {
      return history(person, dashboard, bound).since(from);
    }

    LevelHistory history(UserId person, DashboardId dashboard, int bound) {
      return new LevelHistory(this, person, dashboard, bound);
    }

    void assertSince(OrgGraph from, int secondsLater, int bound) {
      for (UserId person : people) {
        for (DashboardId dashboard : dashboards) {
          assertEquals(
              naive(person, dashboard, secondsLater, bound),
              assertAnswered(() -> since(from, person, dashboard, bound)),
              () -> person + " on " + dashboard);
        }
      }
    }

    /** On every revision and second in turn, with and without memory of the one before. */
    void assertSinceAgain(UserId person, DashboardId dashboard) {
      LevelHistory history = history(person, dashboard, UNBOUNDED);
      OrgGraph past = OrgGraph.empty(graph.id());
      for (Revision revision : log) {
        past = past.applied(revision);
        for (Instant at = revision.at(); !at.isAfter(end(past)); at = at.plusSeconds(1)) {
          OrgGraph asked = past.through(at);
          assertEquals(
              assertAnswered(() -> since(asked, person, dashboard, UNBOUNDED)),
              assertAnswered(() -> history.since(asked)));
        }
      }
    }

    private Instant end(OrgGraph past) {
      int revision = (int) past.revision();
      return revision < log.size() ? at(revision + 1) : at(revision).plusSeconds(3);
    }

    private static Since assertAnswered(Answer answer) {
      try {
        return answer.get();
      } catch (NotAnswerable e) {
        throw new AssertionError(e);
      }
    }

    /** Through every revision and every second, from the beginning on. */
    private Since naive(UserId person, DashboardId dashboard, int secondsLater, int bound) {
      int oldest = Math.max(1, log.size() - bound);
      Level level = oldest == 1 ? Level.NONE : null;
      Since since = oldest == 1 ? new Since.Ever() : new Since.Before(at(oldest), oldest);
      for (int revision = oldest; revision <= log.size(); revision++) {
        Instant end =
            revision < log.size() ? at(revision + 1) : at(revision).plusSeconds(secondsLater);
        for (Instant at = at(revision); !at.isAfter(end); at = at.plusSeconds(1)) {
          Level then = facts.get(revision - 1).verdict(person, dashboard, at).level();
          if (level != null && then != level) {
            since = new Since.Step(at, revision, !at.equals(at(revision)));
          }
          level = then;
        }
      }
      return since;
    }

    @Override
    public @Nullable Position positionAt(long revision) {
      oldestRead = Math.min(oldestRead, revision);
      return log.get((int) revision - 1).position();
    }

    @Override
    public List<Revision> after(long revision, int limit) {
      reads++;
      oldestRead = Math.min(oldestRead, revision);
      int end = (int) Math.min(log.size(), revision + limit);
      return log.subList((int) revision, end);
    }
  }

  /** A walk that the log does not refuse. */
  private interface Answer {
    Since get() throws NotAnswerable;
  }
}
