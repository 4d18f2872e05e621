package dev.sightline.benchmarks.decision;

import dev.sightline.change.Change;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Revision;
import dev.sightline.graph.GraphFacts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.Position;
import dev.sightline.model.Subject;
import dev.sightline.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What may happen to the organization next: {@value #COUNT} revisions of either kind, each on a
 * dashboard of its own and each the next one of the same graph, which stays as it is.
 */
@State(Scope.Thread)
public class Revisions {
  static final int COUNT = 1 << 12;

  final OrgGraph graph = LargeOrganization.graph();

  /** Each takes one user's entry away. */
  final List<Revision> entries = new ArrayList<>();

  /** Each makes a dashboard that everybody sees one that nobody sees without an entry. */
  final List<Revision> defaults = new ArrayList<>();

  private final GraphFacts facts = graph.facts();
  private final SplittableRandom random = new SplittableRandom(4);

  public Revisions() {
    List<DashboardId> dashboards = shuffled();
    for (DashboardId dashboard : dashboards) {
      if (entries.size() < COUNT) {
        entries.add(next(withoutAnEntry(dashboard)));
      }
      DashboardFacts was = Objects.requireNonNull(facts.dashboard(dashboard));
      if (defaults.size() < COUNT && was.companyDefault() != Level.NONE && !was.draft()) {
        defaults.add(
            next(new DashboardChanged(dashboard, was, was.withCompanyDefault(Level.NONE))));
      }
    }
    if (defaults.size() < COUNT) {
      throw new IllegalStateException("too few dashboards that everybody sees");
    }
  }

  private List<DashboardId> shuffled() {
    List<DashboardId> dashboards = new ArrayList<>(facts.dashboards());
    for (int i = dashboards.size() - 1; i > 0; i--) {
      dashboards.set(i, dashboards.set(random.nextInt(i + 1), dashboards.get(i)));
    }
    return dashboards;
  }

  private EntryChanged withoutAnEntry(DashboardId dashboard) {
    List<Subject> users =
        facts.entries(dashboard).keySet().stream().filter(UserId.class::isInstance).toList();
    Subject user = users.get(random.nextInt(users.size()));
    return new EntryChanged(dashboard, user, facts.entry(dashboard, user), null);
  }

  private Revision next(Change change) {
    Position now = graph.position();
    return new Revision(
        new Position(now.revision() + 1, LogHash.EMPTY, now.endedThrough()), List.of(change));
  }
}
