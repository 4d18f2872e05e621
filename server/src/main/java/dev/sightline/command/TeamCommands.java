package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Decision.unchanged;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.Change.MembershipChanged;
import dev.sightline.change.Change.TeamChanged;
import dev.sightline.change.Change.WorkspaceChanged;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.WorkspaceFacts;
import dev.sightline.graph.GraphFacts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What admins do about teams and workspaces. */
public final class TeamCommands {
  private TeamCommands() {}

  /** Makes a team. */
  public record CreateTeam(Actor actor, TeamId team, String name) implements Command<TeamId> {
    @Override
    public Decision<TeamId> decide(Situation situation) {
      Refusal refusal =
          first(
              () -> Stages.admin(situation, actor),
              () -> Stages.unused(situation.facts().wasUsed(team), "team", team.value()));
      return refusal != null
          ? refused(refusal)
          : accepted(new TeamChanged(team, null, new TeamFacts(name)), team);
    }
  }

  /** Gives a team another name. */
  public record RenameTeam(Actor actor, TeamId team, String name) implements Command<TeamId> {
    @Override
    public Decision<TeamId> decide(Situation situation) {
      Refusal refusal =
          first(() -> Stages.admin(situation, actor), () -> Stages.team(situation.graph(), team));
      if (refusal != null) {
        return refused(refusal);
      }
      TeamFacts before = situation.facts().team(team);
      TeamFacts after = new TeamFacts(name);
      return after.equals(before)
          ? unchanged(team)
          : accepted(new TeamChanged(team, before, after), team);
    }
  }

  /** Deletes a team for good, with its entries and memberships. */
  public record DeleteTeam(Actor actor, TeamId team) implements Command<TeamId> {
    @Override
    public Decision<TeamId> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal = first(() -> Stages.admin(situation, actor), () -> Stages.team(graph, team));
      if (refusal != null) {
        return refused(refusal);
      }
      List<Change> changes = new ArrayList<>();
      GraphFacts facts = graph.facts();
      facts
          .entriesOf(team)
          .forEach(dashboard ->
              changes.add(new EntryChanged(dashboard, team, facts.entry(dashboard, team), null)));
      facts
          .members(team)
          .forEach(member -> changes.add(new MembershipChanged(team, member, false)));
      facts
          .teamsOf(team)
          .forEach(parent -> changes.add(new MembershipChanged(parent, team, false)));
      changes.add(new TeamChanged(team, situation.facts().team(team), null));
      return accepted(changes, team);
    }
  }

  /** Puts a user or a team into a team. */
  public record AddMember(Actor actor, TeamId team, Subject member) implements Command<TeamId> {
    @Override
    public Decision<TeamId> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(() -> known(situation, actor, team, member), () -> closesNoCircle(graph));
      if (refusal != null) {
        return refused(refusal);
      }
      return isIn(graph, member, team)
          ? unchanged(team)
          : accepted(new MembershipChanged(team, member, true), team);
    }

    private @Nullable Refusal closesNoCircle(OrgGraph graph) {
      return member instanceof TeamId inner && graph.facts().wouldCloseCircle(team, inner)
          ? Refusal.of(
              Reason.TEAM_CIRCLE,
              "Team %s is, or holds, team %s: a team cannot be inside itself."
                  .formatted(inner, team),
              "team",
              team.value(),
              "member_team",
              inner.value())
          : null;
    }
  }

  /** Takes a user or a team out of a team. */
  public record RemoveMember(Actor actor, TeamId team, Subject member) implements Command<TeamId> {
    @Override
    public Decision<TeamId> decide(Situation situation) {
      Refusal refusal = known(situation, actor, team, member);
      if (refusal != null) {
        return refused(refusal);
      }
      return isIn(situation.graph(), member, team)
          ? accepted(new MembershipChanged(team, member, false), team)
          : unchanged(team);
    }
  }

  /** Makes a workspace. */
  public record CreateWorkspace(Actor actor, WorkspaceId workspace, String name)
      implements Command<WorkspaceId> {
    @Override
    public Decision<WorkspaceId> decide(Situation situation) {
      Refusal refusal =
          first(
              () -> Stages.admin(situation, actor),
              () ->
                  Stages.unused(
                      situation.facts().wasUsed(workspace), "workspace", workspace.value()));
      return refusal != null
          ? refused(refusal)
          : accepted(new WorkspaceChanged(workspace, null, new WorkspaceFacts(name)), workspace);
    }
  }

  private static boolean isIn(OrgGraph graph, Subject member, TeamId team) {
    return graph.facts().teamsOf(member).contains(team);
  }

  private static @Nullable Refusal known(
      Situation situation, Actor actor, TeamId team, Subject member) {
    return first(
        () -> Stages.admin(situation, actor),
        () -> Stages.team(situation.graph(), team),
        () -> Stages.subject(situation.graph(), member));
  }
}
