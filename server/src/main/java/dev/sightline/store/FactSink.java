package dev.sightline.store;

import dev.sightline.change.AgentFacts;
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
import java.util.List;

/**
 * Takes in an organization's facts as they are read, all of one snapshot, in this order: the head
 * and the organization, users, teams, memberships, workspaces, dashboards, entries, agents, grants,
 * requests, subscriptions. So whatever a fact refers to has come before it, unless it is deleted.
 * Within a kind they come in the order of their ids (as bytes).
 *
 * <p>What is deleted or revoked does not come; entries and grants whose end has passed do, as they
 * are still facts of the graph.
 */
public interface FactSink {
  /** Comes first. The counts tell how much will follow. */
  void organization(Head head, OrganizationFacts facts);

  void user(UserId user, UserFacts facts);

  void team(TeamId team, TeamFacts facts);

  void membership(TeamId team, Subject member);

  void workspace(WorkspaceId workspace, WorkspaceFacts facts);

  void dashboard(DashboardId dashboard, DashboardFacts facts);

  /** All entries of users on one dashboard; not called for a dashboard without any. */
  void userEntries(DashboardId dashboard, EntryRun entries);

  /** All entries of teams on one dashboard, after all entries of users on all dashboards. */
  void teamEntries(DashboardId dashboard, EntryRun entries);

  void agent(UserId agent, AgentFacts facts);

  void grant(GrantId grant, GrantFacts facts);

  /** An access request that nobody has decided, also past its end. */
  void request(RequestId request, RequestFacts facts);

  /**
   * All that one user wants in the digest, dashboards that are deleted included; not called for a
   * user without any.
   *
   * @param dashboards ids in ascending order; the list is used again after the call
   */
  void subscriptions(UserId user, List<String> dashboards);
}
