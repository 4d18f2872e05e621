package dev.sightline.store;

import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.Change.AgentChanged;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.GrantChanged;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.RequestChanged;
import dev.sightline.change.Change.SubscriptionChanged;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.Change.WorkspaceChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.GrantFacts;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.RequestId;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;

/** Notes what is loaded as the changes that would have made it. */
final class Facts implements FactSink {
  final List<Change> changes = new ArrayList<>();

  @Override
  public void organization(Head head, OrganizationFacts facts) {
    changes.add(new OrganizationChanged(null, facts));
  }

  @Override
  public void user(UserId user, UserFacts facts) {
    changes.add(new UserChanged(user, null, facts));
  }

  @Override
  public void team(TeamId team, TeamFacts facts) {
    changes.add(new TeamChanged(team, null, facts));
  }

  @Override
  public void membership(TeamId team, Subject member) {
    changes.add(new MembershipChanged(team, member, true));
  }

  @Override
  public void workspace(WorkspaceId workspace, WorkspaceFacts facts) {
    changes.add(new WorkspaceChanged(workspace, null, facts));
  }

  @Override
  public void dashboard(DashboardId dashboard, DashboardFacts facts) {
    changes.add(new DashboardChanged(dashboard, null, facts));
  }

  @Override
  public void userEntries(DashboardId dashboard, EntryRun entries) {
    for (int i = 0; i < entries.size(); i++) {
      var user = new UserId(entries.subject(i));
      changes.add(new EntryChanged(dashboard, user, null, entries.entry(i)));
    }
  }

  @Override
  public void teamEntries(DashboardId dashboard, EntryRun entries) {
    for (int i = 0; i < entries.size(); i++) {
      var team = new TeamId(entries.subject(i));
      changes.add(new EntryChanged(dashboard, team, null, entries.entry(i)));
    }
  }

  @Override
  public void agent(UserId agent, AgentFacts facts) {
    changes.add(new AgentChanged(agent, null, facts));
  }

  @Override
  public void grant(GrantId grant, GrantFacts facts) {
    changes.add(new GrantChanged(grant, null, facts));
  }

  @Override
  public void request(RequestId request, RequestFacts facts) {
    changes.add(new RequestChanged(request, null, facts));
  }

  @Override
  public void subscriptions(UserId user, List<String> dashboards) {
    for (String dashboard : dashboards) {
      changes.add(new SubscriptionChanged(new DashboardId(dashboard), user, true));
    }
  }
}
