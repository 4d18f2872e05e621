package dev.sightline.graph;

import dev.sightline.change.Change;
import dev.sightline.model.DashboardId;
import dev.sightline.model.UserId;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The level changes of one step of a graph, computed when they are asked for. What they may be at
 * the most is known at once and cheaply; which they are exactly is decided pair by pair, by {@link
 * AccessRules} on the graphs before and after, each pair at most once.
 *
 * <p>Both graphs are of one lineage: one was made from the other, or the one before is empty.
 */
public final class LevelChanges implements Iterable<LevelChange> {
  private final OrgGraph before;
  private final OrgGraph after;
  private final List<Touched> touched;

  private LevelChanges(OrgGraph before, OrgGraph after, List<Touched> touched) {
    this.before = before;
    this.after = after;
    this.touched = List.copyOf(touched);
  }

  /**
   * What a revision changes, over and above what time has changed up to it: the step from {@code
   * before}, moved on to the revision's instant, to {@code after}.
   *
   * <p>Before an organization's first revision nothing is there, so that one touches everything
   * that it makes: its changes, which may be a whole import's, are not looked at.
   *
   * @param before of the lineage of {@code after}; before the first revision, also {@link
   *     OrgGraph#empty}
   */
  public static LevelChanges byRevision(OrgGraph before, OrgGraph after, List<Change> changes) {
    OrgGraph moved = before.through(after.endedThrough());
    List<Touched> touched =
        before.revision() == 0 ? everythingIn(after) : TouchedBy.changes(moved, after, changes);
    return new LevelChanges(moved, after, touched);
  }

  private static List<Touched> everythingIn(OrgGraph graph) {
    boolean nothing = graph.personOrdinals() == 0 || graph.dashboardOrdinals() == 0;
    return nothing ? List.of() : List.of(new Touched(null, null));
  }

  /**
   * What time alone changes between two graphs of the same facts. Ends at different instants are
   * steps of their own: see {@link TimeSteps}.
   */
  public static LevelChanges byTime(OrgGraph before, OrgGraph after) {
    return new LevelChanges(before, after, TouchedBy.time(before, after));
  }

  /** The graph before the step, at the time of the step. */
  public OrgGraph before() {
    return before;
  }

  public OrgGraph after() {
    return after;
  }

  /** Whether it is plain that no level changes. */
  public boolean isEmpty() {
    return touched.isEmpty();
  }

  /** So many levels change at the most. */
  public long atMost() {
    long pairs = 0;
    for (Touched part : touched) {
      pairs += part.pairs(personOrdinals(), dashboardOrdinals());
    }
    return Math.min(pairs, (long) personOrdinals() * dashboardOrdinals());
  }

  /** The one person whose levels change, if at all; null if there may be several. */
  public @Nullable UserId onlyPerson() {
    int only = -1;
    for (Touched part : touched) {
      int[] people = part.people();
      if (people == null || people.length != 1 || (only >= 0 && only != people[0])) {
        return null;
      }
      only = people[0];
    }
    return only < 0 ? null : person(only);
  }

  /** The one dashboard on which levels change, if at all; null if there may be several. */
  public @Nullable DashboardId onlyDashboard() {
    int only = -1;
    for (Touched part : touched) {
      int[] dashboards = part.dashboards();
      if (dashboards == null || dashboards.length != 1 || (only >= 0 && only != dashboards[0])) {
        return null;
      }
      only = dashboards[0];
    }
    return only < 0 ? null : dashboard(only);
  }

  /** Whether the level of one person on one dashboard may change. */
  public boolean mayTouch(UserId person, DashboardId dashboard) {
    int who = Math.max(ordinal(before, person), ordinal(after, person));
    int what = Math.max(ordinal(before, dashboard), ordinal(after, dashboard));
    return who >= 0
        && what >= 0
        && touched.stream()
            .anyMatch(part -> part.includesPerson(who) && part.includesDashboard(what));
  }

  /** Only the changes of the given people. */
  public LevelChanges of(Collection<UserId> people) {
    int[] named =
        ordinals(
            people.stream()
                .mapToInt(person -> Math.max(ordinal(before, person), ordinal(after, person))));
    return narrowed(part -> part.narrowedToPeople(named));
  }

  /** Only the changes on the given dashboards. */
  public LevelChanges on(Collection<DashboardId> dashboards) {
    int[] named =
        ordinals(
            dashboards.stream()
                .mapToInt(
                    dashboard -> Math.max(ordinal(before, dashboard), ordinal(after, dashboard))));
    return narrowed(part -> part.narrowedToDashboards(named));
  }

  private static int[] ordinals(IntStream found) {
    return SortedInts.of(found.filter(ordinal -> ordinal >= 0).toArray());
  }

  private LevelChanges narrowed(UnaryOperator<Touched> narrowing) {
    List<Touched> narrowed =
        touched.stream().map(narrowing).filter(part -> !part.isNothing()).toList();
    return new LevelChanges(before, after, narrowed);
  }

  /** The changes in an order that is the same every time, on these very graphs. */
  public Stream<LevelChange> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /** As {@link #stream}. */
  @Override
  public Iterator<LevelChange> iterator() {
    return new LevelChangeIterator(this, new OrdinalWalk(this));
  }

  /**
   * The changes by the user's id and then the dashboard's, compared as strings: an order that every
   * node finds, on graphs of whatever lineage. The touched people are sorted first, which {@link
   * #iterator} saves.
   */
  public Iterator<LevelChange> inOrderOfIds() {
    return new LevelChangeIterator(this, IdWalk.fromTheStart(this));
  }

  /**
   * The changes that {@link #inOrderOfIds} gives after a pair: what is left for a reader who was
   * cut off there. The pair itself need not be among the changes.
   */
  public Iterator<LevelChange> inOrderOfIdsAfter(UserId user, DashboardId dashboard) {
    return new LevelChangeIterator(this, IdWalk.after(this, user, dashboard));
  }

  List<Touched> touched() {
    return touched;
  }

  int personOrdinals() {
    return Math.max(before.personOrdinals(), after.personOrdinals());
  }

  int dashboardOrdinals() {
    return Math.max(before.dashboardOrdinals(), after.dashboardOrdinals());
  }

  UserId person(int ordinal) {
    return (ordinal < after.personOrdinals() ? after : before).person(ordinal);
  }

  DashboardId dashboard(int ordinal) {
    return (ordinal < after.dashboardOrdinals() ? after : before).dashboard(ordinal);
  }

  /** The text of a person's node, by ordinal. */
  byte[] personText(int ordinal) {
    return (ordinal < after.personOrdinals() ? after : before).parts().people().get(ordinal).text;
  }

  /** The text of a dashboard's node, by ordinal. */
  byte[] dashboardText(int ordinal) {
    OrgGraph graph = ordinal < after.dashboardOrdinals() ? after : before;
    return graph.parts().dashboards().get(ordinal).text;
  }

  private static int ordinal(OrgGraph graph, UserId person) {
    return graph.personOrdinal(person.value());
  }

  private static int ordinal(OrgGraph graph, DashboardId dashboard) {
    return graph.dashboardOrdinal(dashboard.value());
  }
}
