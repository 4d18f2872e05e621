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
import dev.sightline.change.Entry;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes to a draft, each only onto the very facts that it says were there before. What
 * does not fit means that log and graph have drifted apart, which nobody may go on from.
 */
final class ChangeApplier {
  private final GraphDraft draft;

  ChangeApplier(GraphDraft draft) {
    this.draft = draft;
  }

  void apply(Change change) {
    switch (change) {
      case OrganizationChanged organization -> apply(organization);
      case UserChanged user -> apply(user);
      case ProfileChanged personal -> {} // decides nothing, so no graph holds it
      case TeamChanged team -> apply(team);
      case MembershipChanged membership -> apply(membership);
      case WorkspaceChanged workspace -> apply(workspace);
      case DashboardChanged dashboard -> apply(dashboard);
      case EntryChanged entry -> apply(entry);
      case EstateInherited estate -> apply(estate);
      case GrantChanged grant -> apply(grant);
      case AgentChanged agent -> apply(agent);
      case RequestChanged request -> apply(request);
      case SubscriptionChanged subscription -> apply(subscription);
      // What follows decides nothing about levels, and commands read it from rows.
      case InvitationChanged invitation -> {}
      case SupportRequestChanged request -> {}
      case SupportPolicyChanged policy -> {}
      case ReasonGiven reason -> {}
      case AgentActed act -> {}
      case PersonalDataErased erased -> {}
    }
  }

  private void apply(OrganizationChanged change) {
    requireBefore(change, change.before(), draft.organization());
    draft.setOrganization(change.after());
  }

  private void apply(UserChanged change) {
    require(!change.user().isAgent(), change, "an agent is no user");
    int ordinal = draft.person(change.user().value());
    UserNode node = draft.user(ordinal);
    requireBefore(change, change.before(), node.facts());
    require(
        change.after() != null || node.isUnreferenced(),
        change,
        "the user still has entries, teams, dashboards or subscriptions");
    draft.setUser(ordinal, change.after());
  }

  private void apply(TeamChanged change) {
    int ordinal = draft.team(change.team().value());
    TeamNode node = draft.teams.get(ordinal);
    requirePresence(change, change.before() != null, node);
    require(
        change.after() != null || node.isUnreferenced(),
        change,
        "the team still has members, entries or teams that it is in");
    draft.setTeam(ordinal, change.after() != null);
  }

  private void apply(WorkspaceChanged change) {
    int ordinal = draft.workspace(change.workspace().value());
    requirePresence(change, change.before() != null, draft.workspaces.get(ordinal));
    draft.setWorkspace(ordinal, change.after() != null);
  }

  private void apply(MembershipChanged change) {
    int team = presentTeam(change, change.team());
    int member = presentSubject(change, change.member());
    boolean ofTeam = change.member() instanceof TeamId;
    TeamNode node = draft.teams.get(team);
    boolean before = SortedInts.contains(ofTeam ? node.children : node.users, member);
    require(before != change.joined(), change, "the membership is as it would be afterwards");
    require(
        !ofTeam || !change.joined() || !SortedInts.contains(node.ancestors, member),
        change,
        "the teams would form a circle");
    draft.setMembership(team, ofTeam, member, change.joined());
  }

  private void apply(DashboardChanged change) {
    int ordinal = draft.dashboard(change.dashboard().value());
    DashboardNode node = draft.dashboards.get(ordinal);
    requireBefore(change, change.before(), facts(node));
    DashboardFacts after = change.after();
    if (after == null) {
      require(
          node.users.length == 0 && node.teams.length == 0,
          change,
          "the dashboard still has entries");
    } else {
      presentUser(change, after.owner());
      if (after.workspace() != null) {
        presentWorkspace(change, after.workspace());
      }
    }
    draft.setDashboard(ordinal, after);
  }

  private @Nullable DashboardFacts facts(DashboardNode node) {
    return !node.present()
        ? null
        : new DashboardFacts(
            node.rest(),
            new UserId(draft.people.get(node.owner).id()),
            node.companyDefaultLevel(),
            node.isDraft(),
            node.workspace < 0 ? null : new WorkspaceId(draft.workspaces.get(node.workspace).id()));
  }

  private void apply(EntryChanged change) {
    int dashboard = presentDashboard(change, change.dashboard());
    int subject = presentSubject(change, change.subject());
    boolean ofTeam = change.subject() instanceof TeamId;
    requireBefore(
        change, change.before(), entry(draft.dashboards.get(dashboard).row(ofTeam), subject));
    Entry after = change.after();
    if (after == null) {
      draft.removeEntry(dashboard, ofTeam, subject);
    } else {
      draft.setEntry(
          dashboard, ofTeam, subject, after.level().ordinal(), Micros.ofEnd(after.end()));
    }
  }

  private static @Nullable Entry entry(EntryRow row, int subject) {
    int index = EntryRow.indexOf(row.slots(), subject);
    return index < 0
        ? null
        : new Entry(
            Level.ofOrdinal(EntryRow.level(row.slots()[index])), Micros.end(row.end(index)));
  }

  private void apply(EstateInherited change) {
    int from = presentUser(change, change.from());
    int to = presentUser(change, change.to());
    int[] moved = new int[change.dashboards().size()];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = presentDashboard(change, change.dashboards().get(i));
      require(
          draft.dashboards.get(moved[i]).owner == from,
          change.dashboards().get(i),
          "another owner had it before");
    }
    int[] distinct = SortedInts.of(moved);
    require(distinct.length == moved.length, change, "a dashboard is named twice");
    draft.inherit(from, to, distinct);
  }

  private void apply(GrantChanged change) {
    int ordinal = draft.grant(change.grant().value());
    requireBefore(change, change.before(), draft.grants.get(ordinal).facts);
    draft.setGrant(ordinal, change.after());
  }

  private void apply(AgentChanged change) {
    require(change.agent().isAgent(), change, "a user is no agent");
    int ordinal = draft.person(change.agent().value());
    requireBefore(change, change.before(), draft.agent(ordinal).facts);
    draft.setAgent(ordinal, change.after());
  }

  private void apply(RequestChanged change) {
    requireBefore(
        change, PendingRequests.kept(change.before()), draft.pendingRequest(change.request()));
    draft.setRequest(change.request(), change.after());
  }

  /**
   * The dashboard need not be there: subscriptions outlive it, and end with the user. So undoing
   * that end brings back also those to what is gone.
   */
  private void apply(SubscriptionChanged change) {
    int user = presentUser(change, change.user());
    int dashboard = draft.dashboard(change.dashboard().value());
    boolean before = SortedInts.contains(draft.user(user).subscriptions, dashboard);
    require(before != change.subscribed(), change, "the subscription is as it would be afterwards");
    draft.setSubscription(user, dashboard, change.subscribed());
  }

  private int presentSubject(Change change, Subject subject) {
    return switch (subject) {
      case UserId user -> presentUser(change, user);
      case TeamId team -> presentTeam(change, team);
    };
  }

  private int presentUser(Change change, UserId user) {
    require(!user.isAgent(), change, "an agent is no user");
    int ordinal = draft.people.ordinal(user.value());
    require(ordinal >= 0 && draft.people.get(ordinal).present(), change, "the user is not there");
    return ordinal;
  }

  private int presentTeam(Change change, TeamId team) {
    int ordinal = draft.teams.ordinal(team.value());
    require(ordinal >= 0 && draft.teams.get(ordinal).present(), change, "the team is not there");
    return ordinal;
  }

  private void presentWorkspace(Change change, WorkspaceId workspace) {
    int ordinal = draft.workspaces.ordinal(workspace.value());
    require(
        ordinal >= 0 && draft.workspaces.get(ordinal).present(),
        change,
        "the workspace is not there");
  }

  private int presentDashboard(Change change, DashboardId dashboard) {
    int ordinal = draft.dashboards.ordinal(dashboard.value());
    require(
        ordinal >= 0 && draft.dashboards.get(ordinal).present(),
        change,
        "the dashboard is not there");
    return ordinal;
  }

  private static void requirePresence(Change change, boolean before, Node held) {
    require(before == held.present(), change, held.present() ? "it is there" : "it is not there");
  }

  private static void requireBefore(Change change, @Nullable Object before, @Nullable Object held) {
    if (!Objects.equals(before, held)) {
      throw unfit(change, "the graph holds " + held);
    }
  }

  private static void require(boolean fits, Object change, String why) {
    if (!fits) {
      throw unfit(change, why);
    }
  }

  private static IllegalStateException unfit(Object change, String why) {
    return new IllegalStateException("a change does not fit the graph (" + why + "): " + change);
  }
}
