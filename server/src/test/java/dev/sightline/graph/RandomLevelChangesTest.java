package dev.sightline.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.History.Step;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The level changes of random steps, in part and in order, on two lineages side by side. */
class RandomLevelChangesTest {
  private static final int REVISIONS = 40;
  private static final Comparator<LevelChange> BY_IDS =
      Comparator.comparing(LevelChange::user).thenComparing(LevelChange::dashboard);

  /** One step of a history, told by a graph that lived through it and by one loaded just before. */
  private record Told(
      NaiveOrganization facts, LevelChanges here, LevelChanges elsewhere, Random random) {
    List<UserId> somePeople() {
      Stream<UserId> unknown = Stream.of(new UserId("nobody"), new UserId("support:nobody"));
      return Stream.concat(facts.people().stream(), unknown)
          .filter(person -> random.nextInt(3) == 0)
          .toList();
    }

    List<DashboardId> someDashboards() {
      Stream<DashboardId> unknown = Stream.of(new DashboardId("nothing"));
      return Stream.concat(facts.dashboards.keySet().stream(), unknown)
          .filter(dashboard -> random.nextInt(3) == 0)
          .toList();
    }
  }

  private static void eachStep(int seeds, BiConsumer<List<LevelChange>, Told> test) {
    Seeds.each(
        seeds,
        seed -> {
          History history = History.of(seed, REVISIONS);
          Random random = new Random(seed);
          for (int i = 0; i < history.steps.size(); i++) {
            Step step = history.steps.get(i);
            test.accept(
                history.factsBefore(i).differences(step.now(), step.facts(), step.now()),
                revision(history, i, random));
            eachEnd(step, random, test);
          }
        });
  }

  private static Told revision(History history, int i, Random random) {
    Step step = history.steps.get(i);
    var changes = step.revision().changes();
    OrgGraph before = history.graphBefore(i);
    OrgGraph loaded = i == 0 ? before : loaded(history.steps.get(i - 1));
    OrgGraph after = i == 0 ? loaded(step) : loaded.applied(step.revision());
    return new Told(
        step.facts(),
        LevelChanges.byRevision(before, step.graph(), changes),
        LevelChanges.byRevision(loaded, after, changes),
        random);
  }

  private static OrgGraph loaded(Step step) {
    return Loading.of(step.facts(), step.graph().id(), step.graph().position());
  }

  private static void eachEnd(Step step, Random random, BiConsumer<List<LevelChange>, Told> test) {
    long until = step.graph().endedThrough() + 3_000_000;
    Iterator<LevelChanges> elsewhere = TimeSteps.of(loaded(step), until).iterator();
    for (LevelChanges here : TimeSteps.of(step.graph(), until)) {
      Instant from = Micros.instant(here.before().endedThrough());
      Instant to = Micros.instant(here.after().endedThrough());
      test.accept(
          step.facts().differences(from, step.facts(), to),
          new Told(step.facts(), here, elsewhere.next(), random));
    }
  }

  @Test
  void those_of_some_people_are_the_others_left_out() {
    eachStep(
        40,
        (all, told) -> {
          List<UserId> people = told.somePeople();
          assertTold(all, change -> people.contains(change.user()), told.here().of(people));
        });
  }

  @Test
  void those_on_some_dashboards_are_the_others_left_out() {
    eachStep(
        40,
        (all, told) -> {
          List<DashboardId> dashboards = told.someDashboards();
          assertTold(
              all, change -> dashboards.contains(change.dashboard()), told.here().on(dashboards));
        });
  }

  @Test
  void those_of_some_people_on_some_dashboards_are_the_others_left_out() {
    eachStep(
        40,
        (all, told) -> {
          List<UserId> people = told.somePeople();
          List<DashboardId> dashboards = told.someDashboards();
          assertTold(
              all,
              change -> people.contains(change.user()) && dashboards.contains(change.dashboard()),
              told.here().of(people).on(dashboards));
        });
  }

  private static void assertTold(
      List<LevelChange> all, Predicate<LevelChange> which, LevelChanges narrowed) {
    List<LevelChange> told = narrowed.stream().toList();
    assertEquals(all.stream().filter(which).toList(), told.stream().sorted(BY_IDS).toList());
    assertTrue(told.size() <= narrowed.atMost());
  }

  @Test
  void in_the_order_of_ids_they_are_the_differences_on_whatever_lineage() {
    eachStep(
        60,
        (all, told) -> {
          assertEquals(all, listed(told.here().inOrderOfIds()));
          assertEquals(all, listed(told.elsewhere().inOrderOfIds()));
        });
  }

  @Test
  void whoever_is_cut_off_after_any_of_them_goes_on_with_the_rest_on_whatever_lineage() {
    eachStep(
        10,
        (all, told) -> {
          for (int i = 0; i < all.size(); i++) {
            LevelChange last = all.get(i);
            List<LevelChange> rest = all.subList(i + 1, all.size());
            assertEquals(rest, rest(told.here(), last.user(), last.dashboard()));
            assertEquals(rest, rest(told.elsewhere(), last.user(), last.dashboard()));
          }
        });
  }

  @Test
  void what_comes_after_a_pair_that_has_not_changed_is_all_beyond_it() {
    eachStep(
        20,
        (all, told) -> {
          for (UserId person : told.somePeople()) {
            for (DashboardId dashboard : told.someDashboards()) {
              LevelChange mark = new LevelChange(person, dashboard, Level.NONE, Level.NONE);
              List<LevelChange> rest =
                  all.stream().filter(change -> BY_IDS.compare(change, mark) > 0).toList();
              assertEquals(rest, rest(told.here(), person, dashboard));
              assertEquals(rest, rest(told.elsewhere(), person, dashboard));
            }
          }
        });
  }

  @Test
  void those_of_some_people_come_in_the_order_of_ids_and_go_on_too() {
    eachStep(
        20,
        (all, told) -> {
          List<UserId> people = told.somePeople();
          List<LevelChange> own =
              all.stream().filter(change -> people.contains(change.user())).toList();
          assertEquals(own, listed(told.here().of(people).inOrderOfIds()));
          if (!own.isEmpty()) {
            int cut = told.random().nextInt(own.size());
            LevelChange last = own.get(cut);
            assertEquals(
                own.subList(cut + 1, own.size()),
                rest(told.elsewhere().of(people), last.user(), last.dashboard()));
          }
        });
  }

  private static List<LevelChange> rest(LevelChanges step, UserId user, DashboardId dashboard) {
    return listed(step.inOrderOfIdsAfter(user, dashboard));
  }

  private static List<LevelChange> listed(Iterator<LevelChange> changes) {
    List<LevelChange> list = new ArrayList<>();
    changes.forEachRemaining(list::add);
    return list;
  }

  @Test
  void an_organization_that_is_made_whole_tells_all_that_it_gives() {
    Seeds.each(
        60,
        seed -> {
          Step last = History.of(seed, REVISIONS).last();
          Position first = new Position(1, last.graph().position().head(), last.now());
          OrgGraph made = Loading.of(last.facts(), last.graph().id(), first);
          LevelChanges told = LevelChanges.byRevision(OrgGraph.empty(made.id()), made, List.of());
          assertEquals(
              new NaiveOrganization().differences(last.now(), last.facts(), last.now()),
              listed(told.inOrderOfIds()));
        });
  }

  @Test
  void the_first_revision_is_told_the_same_from_nothing_and_from_what_was_rewound() {
    Seeds.each(
        30,
        seed -> {
          History history = History.of(seed, REVISIONS);
          OrgGraph graph = history.last().graph();
          for (int i = REVISIONS - 1; i >= 0; i--) {
            graph = graph.rewound(history.steps.get(i).revision(), history.positionBefore(i));
          }
          Step first = history.steps.getFirst();
          LevelChanges told =
              LevelChanges.byRevision(
                  graph, graph.applied(first.revision()), first.revision().changes());
          assertEquals(
              new NaiveOrganization().differences(first.now(), first.facts(), first.now()),
              listed(told.inOrderOfIds()));
        });
  }

  @Test
  void thousands_of_people_come_in_the_order_of_ids_with_their_dashboards_in_order() {
    OrgGraph large = large(3_000, 12);
    LevelChanges told = LevelChanges.byRevision(OrgGraph.empty(large.id()), large, List.of());
    assertNull(told.onlyPerson());
    assertEquals(3_000 * 12, told.atMost());
    List<LevelChange> inOrder = listed(told.inOrderOfIds());
    assertEquals(told.stream().sorted(BY_IDS).toList(), inOrder);
    assertEquals(3_000 * 12 - 1, inOrder.size());
    LevelChange last = inOrder.get(20_000);
    assertEquals(
        inOrder.subList(20_001, inOrder.size()), rest(told, last.user(), last.dashboard()));
    Set<UserId> few = Set.of(new UserId("user-10"), new UserId("user-9"));
    assertEquals(
        inOrder.stream().filter(change -> few.contains(change.user())).collect(Collectors.toList()),
        listed(told.of(few).inOrderOfIds()));
  }

  /** Everybody sees everything, except one who is kept from one dashboard. */
  private static OrgGraph large(int users, int dashboards) {
    Instant now = Instant.parse("2026-05-01T00:00:00Z");
    GraphBuilder builder = new GraphBuilder(new OrganizationId("large"));
    UserFacts facts = new UserFacts(Role.ANALYST, Status.ACTIVE, now, null, false, false);
    for (int i = 0; i < users; i++) {
      builder.user(new UserId("user-" + i), facts);
    }
    UserId owner = new UserId("user-0");
    for (int i = 0; i < dashboards; i++) {
      DashboardId dashboard = new DashboardId("dashboard-" + i);
      builder.dashboard(dashboard, new DashboardFacts("Name", owner, Level.VIEWER, false, null));
    }
    builder.entry(
        new DashboardId("dashboard-11"), new UserId("user-7"), new Entry(Level.NONE, null));
    return builder.build(new Position(1, new LogHash("1".repeat(64)), now));
  }
}
