package dev.sightline.command;

import static dev.sightline.command.Decision.accepted;
import static dev.sightline.command.Decision.refused;
import static dev.sightline.command.Decision.unchanged;
import static dev.sightline.command.Stages.first;

import dev.sightline.change.Change;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.EntryChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Entry;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.AccessRules;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.Action;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What people do with dashboards themselves. */
public final class DashboardCommands {
  private DashboardCommands() {}

  /**
   * A dashboard that was made, or changed.
   *
   * @param facts as they are afterwards
   */
  public record DashboardResult(DashboardId dashboard, DashboardFacts facts) {}

  /** Makes a dashboard that belongs to the actor. */
  public record Create(
      Actor actor,
      DashboardId dashboard,
      String name,
      Level companyDefault,
      boolean draft,
      @Nullable WorkspaceId workspace)
      implements Command<DashboardResult> {
    @Override
    public Decision<DashboardResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> Stages.member(graph, actor),
              () -> Stages.workspace(graph, workspace),
              () -> unused(situation, dashboard));
      if (refusal != null) {
        return refused(refusal);
      }
      return created(
          dashboard, new DashboardFacts(name, actor.user(), companyDefault, draft, workspace));
    }
  }

  /** Gives a dashboard another name. */
  public record Rename(Actor actor, DashboardId dashboard, String name)
      implements Command<DashboardResult> {
    @Override
    public Decision<DashboardResult> decide(Situation situation) {
      return changed(situation, actor, dashboard, Action.RENAME, facts -> facts.withName(name));
    }
  }

  /** Makes a dashboard a draft, or publishes it. */
  public record SetDraft(Actor actor, DashboardId dashboard, boolean draft)
      implements Command<DashboardResult> {
    @Override
    public Decision<DashboardResult> decide(Situation situation) {
      return changed(
          situation, actor, dashboard, Action.SET_DRAFT, facts -> facts.withDraft(draft));
    }
  }

  /** Moves a dashboard into a workspace, or out of any. */
  public record Move(Actor actor, DashboardId dashboard, @Nullable WorkspaceId workspace)
      implements Command<DashboardResult> {
    @Override
    public Decision<DashboardResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> seen(graph, actor, dashboard, Action.SET_DRAFT),
              () -> Stages.workspace(graph, workspace));
      if (refusal != null) {
        return refused(refusal);
      }
      return changed(graph, dashboard, facts -> facts.withWorkspace(workspace));
    }
  }

  /** Deletes a dashboard for good, with its entries. */
  public record Delete(Actor actor, DashboardId dashboard) implements Command<DashboardResult> {
    @Override
    public Decision<DashboardResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal = seen(graph, actor, dashboard, Action.DELETE);
      if (refusal != null) {
        return refused(refusal);
      }
      DashboardFacts facts = Stages.known(graph, dashboard);
      List<Change> changes = new ArrayList<>();
      graph
          .facts()
          .entries(dashboard)
          .forEach(
              (subject, entry) -> changes.add(new EntryChanged(dashboard, subject, entry, null)));
      changes.add(new DashboardChanged(dashboard, facts, null));
      return accepted(changes, new DashboardResult(dashboard, facts));
    }
  }

  /**
   * Makes a copy that belongs to the actor.
   *
   * @param name null: "Copy of" and the original's
   */
  public record Duplicate(
      Actor actor, DashboardId original, DashboardId copy, @Nullable String name)
      implements Command<DashboardResult> {
    @Override
    public Decision<DashboardResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> seen(graph, actor, original, Action.DUPLICATE), () -> unused(situation, copy));
      if (refusal != null) {
        return refused(refusal);
      }
      DashboardFacts facts = Stages.known(graph, original);
      String copyName = name != null ? name : Texts.cutToName("Copy of " + facts.name());
      Level companyDefault = shutsSomebodyOut(situation, facts) ? Level.NONE : Level.VIEWER;
      return created(copy, new DashboardFacts(copyName, actor.user(), companyDefault, true, null));
    }

    private boolean shutsSomebodyOut(Situation situation, DashboardFacts facts) {
      return facts.companyDefault() == Level.NONE
          || situation.graph().facts().entries(original).values().stream()
              .anyMatch(entry -> entry.level() == Level.NONE && !entry.hasEnded(situation.now()));
    }
  }

  /** Hands a dashboard to somebody else; the old owner becomes an EDITOR by entry. */
  public record TransferOwnership(Actor actor, DashboardId dashboard, UserId to)
      implements Command<DashboardResult> {
    @Override
    public Decision<DashboardResult> decide(Situation situation) {
      OrgGraph graph = situation.graph();
      Refusal refusal =
          first(
              () -> seen(graph, actor, dashboard, Action.TRANSFER_OWNERSHIP),
              () -> Stages.user(graph, to),
              () -> mayReceive(graph));
      if (refusal != null) {
        return refused(refusal);
      }
      DashboardFacts before = Stages.known(graph, dashboard);
      DashboardFacts after = before.withOwner(to);
      List<Change> changes = new ArrayList<>();
      Entry entry = graph.facts().entry(dashboard, to);
      if (entry != null) {
        changes.add(new EntryChanged(dashboard, to, entry, null));
      }
      changes.add(new DashboardChanged(dashboard, before, after));
      changes.add(new EntryChanged(dashboard, before.owner(), null, new Entry(Level.EDITOR, null)));
      return accepted(changes, new DashboardResult(dashboard, after));
    }

    private @Nullable Refusal mayReceive(OrgGraph graph) {
      if (Stages.known(graph, dashboard).owner().equals(to)) {
        return Refusal.of(
            Reason.ALREADY_OWNER,
            to + " owns dashboard " + dashboard + " already.",
            "user",
            to.value());
      }
      UserFacts facts = Stages.known(graph, to);
      boolean editor =
          facts.role() == Role.ADMIN
              || AccessRules.grantedLevel(graph, to, dashboard) == Level.EDITOR;
      return facts.status() == Status.ACTIVE && editor
          ? null
          : Refusal.of(
              Reason.NOT_AN_EDITOR,
              "%s is %s, and an owner must be ACTIVE and an ADMIN or EDITOR of dashboard %s before."
                  .formatted(to, facts.status(), dashboard),
              "user",
              to.value(),
              "status",
              facts.status().name());
    }
  }

  static @Nullable Refusal seen(OrgGraph graph, Actor actor, DashboardId dashboard, Action action) {
    return first(
        () -> Stages.actor(graph, actor), () -> Stages.dashboard(graph, actor, dashboard, action));
  }

  private static @Nullable Refusal unused(Situation situation, DashboardId dashboard) {
    return Stages.unused(situation.facts().wasUsed(dashboard), "dashboard", dashboard.value());
  }

  private static Decision<DashboardResult> created(DashboardId dashboard, DashboardFacts facts) {
    return accepted(
        new DashboardChanged(dashboard, null, facts), new DashboardResult(dashboard, facts));
  }

  private static Decision<DashboardResult> changed(
      Situation situation,
      Actor actor,
      DashboardId dashboard,
      Action action,
      UnaryOperator<DashboardFacts> change) {
    Refusal refusal = seen(situation.graph(), actor, dashboard, action);
    return refusal != null ? refused(refusal) : changed(situation.graph(), dashboard, change);
  }

  private static Decision<DashboardResult> changed(
      OrgGraph graph, DashboardId dashboard, UnaryOperator<DashboardFacts> change) {
    DashboardFacts before = Stages.known(graph, dashboard);
    DashboardFacts after = change.apply(before);
    DashboardResult result = new DashboardResult(dashboard, after);
    return after.equals(before)
        ? unchanged(result)
        : accepted(new DashboardChanged(dashboard, before, after), result);
  }
}
