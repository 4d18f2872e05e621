package dev.sightline.graph;

import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentActed;
import dev.sightline.change.Change.AgentChanged;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.EstateInherited;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.InvitationChanged;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.PersonalDataErased;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.Change.ReasonGiven;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.SupportPolicyChanged;
import dev.sightline.change.Change.SupportRequestChanged;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Change.WorkspaceChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds whose levels on what a step between two graphs may have changed: too many rather than too
 * few, and cheaply.
 *
 * <p>INVARIANT: a level that rests on a chain of facts (membership, teams in teams, entry) in one
 * of the graphs and not in the other has a link that some change touches; what hangs on that link
 * is looked up in both graphs, so the pair is found even if other links changed in the same step.
 */
final class TouchedBy {
  private final OrgGraph before;
  private final OrgGraph after;
  private final List<Touched> found = new ArrayList<>();

  private TouchedBy(OrgGraph before, OrgGraph after) {
    this.before = before;
    this.after = after;
  }

  static List<Touched> changes(OrgGraph before, OrgGraph after, List<Change> changes) {
    TouchedBy touched = new TouchedBy(before, after);
    changes.forEach(touched::visit);
    return touched.found;
  }

  /** What the time between the graphs has ended or begun. */
  static List<Touched> time(OrgGraph before, OrgGraph after) {
    TouchedBy touched = new TouchedBy(before, after);
    touched.visitTime();
    return touched.found;
  }

  private void visit(Change change) {
    switch (change) {
      case OrganizationChanged organization -> {}
      case ProfileChanged personal -> {}
      case TeamChanged team -> {}
      case WorkspaceChanged workspace -> {}
      case RequestChanged request -> {}
      case SubscriptionChanged subscription -> {}
      case InvitationChanged invitation -> {}
      case SupportRequestChanged request -> {}
      case SupportPolicyChanged policy -> {}
      case ReasonGiven reason -> {}
      case AgentActed act -> {}
      case PersonalDataErased erased -> {}
      case UserChanged user -> visit(user);
      case MembershipChanged membership -> visit(membership);
      case DashboardChanged dashboard -> visit(dashboard);
      case EntryChanged entry -> visit(entry);
      case EstateInherited estate -> visit(estate);
      case GrantChanged grant -> visit(grant);
      case AgentChanged agent -> add(new int[] {person(agent.agent())}, null);
    }
  }

  private void visit(UserChanged change) {
    if (!Objects.equals(deciding(change.before()), deciding(change.after()))) {
      add(new int[] {person(change.user())}, null);
    }
  }

  /** What of a user's facts the levels depend on. */
  private static @Nullable Object deciding(@Nullable UserFacts facts) {
    return facts == null ? null : List.of(facts.role(), facts.status());
  }

  private void visit(MembershipChanged change) {
    int[] dashboards = entriesAbove(change.team());
    switch (change.member()) {
      case UserId user -> add(new int[] {person(user)}, dashboards);
      case TeamId team -> add(usersIn(team), dashboards);
    }
  }

  private void visit(DashboardChanged change) {
    int[] dashboard = {dashboard(change.dashboard())};
    DashboardFacts was = change.before();
    DashboardFacts is = change.after();
    if (was == null
        || is == null
        || was.draft() != is.draft()
        || was.companyDefault() != is.companyDefault()) {
      add(null, dashboard);
      return;
    }
    if (!was.owner().equals(is.owner())) {
      add(SortedInts.of(new int[] {person(was.owner()), person(is.owner())}), dashboard);
    }
    if (!Objects.equals(was.workspace(), is.workspace())) {
      add(agents(agent -> true), dashboard);
    }
  }

  private void visit(EntryChanged change) {
    int[] dashboard = {dashboard(change.dashboard())};
    switch (change.subject()) {
      case UserId user -> add(new int[] {person(user)}, dashboard);
      case TeamId team -> add(usersIn(team), dashboard);
    }
  }

  private void visit(EstateInherited change) {
    int[] people = SortedInts.of(new int[] {person(change.from()), person(change.to())});
    int[] dashboards = change.dashboards().stream().mapToInt(this::dashboard).toArray();
    add(people, SortedInts.of(dashboards));
  }

  private void visit(GrantChanged change) {
    add(agentsOf(change.before(), change.after()), null);
  }

  private int[] agentsOf(@Nullable GrantFacts one, @Nullable GrantFacts other) {
    return agents(agent -> covers(one, agent) || covers(other, agent));
  }

  private static boolean covers(@Nullable GrantFacts grant, AgentNode agent) {
    return grant != null
        && agent.facts != null
        && grant.covers(new UserId(agent.id()), agent.facts);
  }

  /** The agents of both graphs that match in either. */
  private int[] agents(Predicate<AgentNode> matching) {
    return SortedInts.union(agents(before, matching), agents(after, matching));
  }

  private static int[] agents(OrgGraph graph, Predicate<AgentNode> matching) {
    Registry<PersonNode> people = graph.parts().people();
    Bits agents = graph.parts().sets().agents();
    int[] found = SortedInts.NONE;
    for (int at = agents.next(0); at >= 0; at = agents.next(at + 1)) {
      if (matching.test((AgentNode) people.get(at))) {
        found = SortedInts.with(found, at);
      }
    }
    return found;
  }

  private void visitTime() {
    long from = before.endedThrough();
    long to = after.endedThrough();
    List<Integer> dashboards = new ArrayList<>();
    after.parts().entryEnds().forEachWithin(from, to, dashboards::add);
    dashboards.stream().distinct().forEach(dashboard -> visitEnded(dashboard, from, to));
    after.parts().grantTimes().forEachWithin(from, to, this::visitGrantTime);
  }

  private void visitEnded(int dashboard, long from, long to) {
    DashboardNode node = after.parts().dashboards().get(dashboard);
    int[] users = SortedInts.of(ended(node.row(false), from, to));
    int[] members = SortedInts.NONE;
    for (int team : ended(node.row(true), from, to)) {
      members = SortedInts.union(members, Closures.users(after.parts().teams(), team));
    }
    add(SortedInts.union(users, members), new int[] {dashboard});
  }

  /** The subjects of a row's entries whose end is within (from, to]. */
  private static int[] ended(EntryRow row, long from, long to) {
    int[] ended = new int[row.size()];
    int size = 0;
    for (int i = 0; i < row.slots().length; i++) {
      long end = row.end(i);
      if (row.slots()[i] != EntryRow.FREE && from < end && end <= to) {
        ended[size++] = EntryRow.subject(row.slots()[i]);
      }
    }
    return Arrays.copyOf(ended, size);
  }

  private void visitGrantTime(int grant) {
    add(agentsOf(after.parts().grants().get(grant).facts, null), null);
  }

  private void add(int @Nullable [] people, int @Nullable [] dashboards) {
    Touched touched = new Touched(people, dashboards);
    if (!touched.isNothing()) {
      found.add(touched);
    }
  }

  private int[] usersIn(TeamId team) {
    return SortedInts.union(usersIn(before, team), usersIn(after, team));
  }

  private static int[] usersIn(OrgGraph graph, TeamId team) {
    Registry<TeamNode> teams = graph.parts().teams();
    return Closures.users(teams, teams.ordinal(team.value()));
  }

  /** The dashboards with entries of a team or of one that it is in. */
  private int[] entriesAbove(TeamId team) {
    return SortedInts.union(entriesAbove(before, team), entriesAbove(after, team));
  }

  private static int[] entriesAbove(OrgGraph graph, TeamId team) {
    Registry<TeamNode> teams = graph.parts().teams();
    int ordinal = teams.ordinal(team.value());
    int[] entries = SortedInts.NONE;
    if (ordinal >= 0) {
      for (int above : teams.get(ordinal).ancestors) {
        entries = SortedInts.union(entries, EntryLink.dashboards(teams.get(above).entries));
      }
    }
    return entries;
  }

  private int person(UserId id) {
    int ordinal = after.personOrdinal(id.value());
    return ordinal >= 0 ? ordinal : before.personOrdinal(id.value());
  }

  private int dashboard(DashboardId id) {
    int ordinal = after.dashboardOrdinal(id.value());
    return ordinal >= 0 ? ordinal : before.dashboardOrdinal(id.value());
  }
}
