package dev.sightline.command;

import dev.sightline.change.DashboardFacts;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stages of refusal that commands share, numbered as in the rules: 2 the actor, 3 whether the
 * dashboard can be seen, 4 whether the action is allowed, 5 whatever else is named.
 */
public final class Stages {
  private Stages() {}

  /** The first refusal that there is; later stages are not looked at. */
  @SafeVarargs
  static @Nullable Refusal first(Supplier<@Nullable Refusal>... stages) {
    for (Supplier<@Nullable Refusal> stage : stages) {
      Refusal refusal = stage.get();
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** Stage 2: the organization is there. */
  public static @Nullable Refusal organization(OrgGraph graph) {
    return graph.organization() != null ? null : unknownOrganization(graph.id());
  }

  /** Stage 2: an ACTIVE user of this organization, or an agent with an active grant here. */
  public static @Nullable Refusal actor(OrgGraph graph, Actor actor) {
    return first(() -> organization(graph), () -> standing(graph, actor));
  }

  /** Stage 2: an ACTIVE user of this organization; no agent. */
  public static @Nullable Refusal member(OrgGraph graph, Actor actor) {
    return first(
        () -> actor(graph, actor),
        () -> actor.user().isAgent() ? roleRequired(actor, "a user of the organization") : null);
  }

  /** Stage 2: an ACTIVE user of this organization with at least this role. */
  public static @Nullable Refusal role(OrgGraph graph, Actor actor, Role least) {
    return first(
        () -> actor(graph, actor),
        () -> {
          UserFacts facts = graph.facts().user(actor.user());
          boolean enough = facts != null && facts.role().compareTo(least) >= 0;
          return enough ? null : roleRequired(actor, least.name());
        });
  }

  static @Nullable Refusal admin(Situation situation, Actor actor) {
    return role(situation.graph(), actor, Role.ADMIN);
  }

  /**
   * Stages 3 and 4: the actor can view the dashboard and may do this with it. One that cannot be
   * viewed is refused in the same words as one that is not there.
   */
  public static @Nullable Refusal dashboard(
      OrgGraph graph, Actor actor, DashboardId dashboard, Action action) {
    int decision = AccessRules.decide(graph, actor.user(), dashboard);
    Level level = AccessRules.level(decision);
    if (!level.atLeast(Level.VIEWER)) {
      return noDashboard(actor.user(), dashboard);
    }
    if (action.allowedBy(level, AccessRules.because(decision))) {
      return null;
    }
    return Refusal.of(
        Reason.ACTION_NOT_ALLOWED,
        "%s has %s on dashboard %s, which does not allow %s."
            .formatted(actor.user(), level, dashboard, action),
        "dashboard",
        dashboard.value(),
        "level",
        level.name(),
        "action",
        action.name());
  }

  /** The words for a dashboard of which nothing is said, whether or not it is there. */
  static Refusal noDashboard(UserId user, DashboardId dashboard) {
    return Refusal.of(
        Reason.DASHBOARD_NOT_FOUND,
        "There is no dashboard " + dashboard + " that " + user + " can view.",
        "dashboard",
        dashboard.value());
  }

  /** Stage 5: a user who is not deleted. */
  static @Nullable Refusal user(OrgGraph graph, UserId user) {
    return !user.isAgent() && graph.facts().user(user) != null
        ? null
        : Refusal.of(Reason.USER_NOT_FOUND, "There is no user " + user + ".", "user", user.value());
  }

  /** Stage 5: a team that is not deleted. */
  static @Nullable Refusal team(OrgGraph graph, TeamId team) {
    return graph.facts().exists(team)
        ? null
        : Refusal.of(Reason.TEAM_NOT_FOUND, "There is no team " + team + ".", "team", team.value());
  }

  static @Nullable Refusal subject(OrgGraph graph, Subject subject) {
    return switch (subject) {
      case UserId user -> user(graph, user);
      case TeamId team -> team(graph, team);
    };
  }

  /** Stage 5: a workspace, where one is named. */
  static @Nullable Refusal workspace(OrgGraph graph, @Nullable WorkspaceId workspace) {
    return workspace == null || graph.facts().exists(workspace)
        ? null
        : Refusal.of(
            Reason.WORKSPACE_NOT_FOUND,
            "There is no workspace " + workspace + ".",
            "workspace",
            workspace.value());
  }

  /** Stage 6: an id that was never used. */
  static @Nullable Refusal unused(boolean wasUsed, String kind, String id) {
    return wasUsed
        ? Refusal.of(
            Reason.ID_TAKEN,
            "The %s id %s is or was in use; ids are never used again. Choose another."
                .formatted(kind, id),
            kind,
            id)
        : null;
  }

  /** The dashboard's facts, once a stage has seen that it is there. */
  static DashboardFacts known(OrgGraph graph, DashboardId dashboard) {
    return Objects.requireNonNull(graph.facts().dashboard(dashboard), "dashboard");
  }

  /** The user's facts, once a stage has seen that the user is there. */
  static UserFacts known(OrgGraph graph, UserId user) {
    return Objects.requireNonNull(graph.facts().user(user), "user");
  }

  public static Refusal unknownOrganization(OrganizationId organization) {
    return Refusal.of(
        Reason.ORGANIZATION_NOT_FOUND,
        "There is no organization " + organization + ".",
        "organization",
        organization.value());
  }

  private static @Nullable Refusal standing(OrgGraph graph, Actor actor) {
    UserFacts facts = graph.facts().user(actor.user());
    boolean member = facts != null && facts.status() == Status.ACTIVE;
    boolean agent = actor.user().isAgent() && graph.facts().isLetIn(actor.user());
    return actor.organization().equals(graph.id()) && (member || agent)
        ? null
        : Refusal.of(
            Reason.ACTOR_NOT_ALLOWED,
            "%s may not act in organization %s: neither an ACTIVE user of it nor let in as support."
                .formatted(actor.user(), graph.id()),
            "actor",
            actor.user().value(),
            "organization",
            graph.id().value());
  }

  private static Refusal roleRequired(Actor actor, String needed) {
    return Refusal.of(
        Reason.ROLE_REQUIRED,
        "This takes %s, which %s is not.".formatted(needed, actor.user()),
        "actor",
        actor.user().value(),
        "needed",
        needed);
  }
}
