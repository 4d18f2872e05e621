package dev.sightline.graph;

import dev.sightline.change.GrantFacts;
import dev.sightline.change.GrantFacts.WorkspaceScope;
import dev.sightline.model.Level;
import dev.sightline.model.SupportRole;
import dev.sightline.model.WorkspaceId;
import java.util.Collections;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A support grant, resolved to ordinals. */
final class GrantNode extends Node {
  final @Nullable GrantFacts facts;
  final long start;
  final long end;

  private final int[] workspaces;
  private final SupportRole[] roles;
  private final SupportRole best;

  private GrantNode(
      byte[] text, @Nullable GrantFacts facts, int[] workspaces, SupportRole[] roles) {
    super(text);
    this.facts = facts;
    this.start = facts == null ? 0 : Micros.of(facts.start());
    this.end = facts == null ? 0 : Micros.ofEnd(facts.end());
    this.workspaces = workspaces;
    this.roles = roles;
    this.best = facts == null ? SupportRole.VIEWER : Collections.max(facts.roles());
  }

  static GrantNode gone(byte[] text) {
    return new GrantNode(text, null, SortedInts.NONE, new SupportRole[0]);
  }

  GrantNode with(@Nullable GrantFacts facts, ToIntFunction<WorkspaceId> ordinals) {
    if (facts == null) {
      return gone(text);
    }
    SupportRole highest = Collections.max(facts.roles());
    int count = facts.workspaces().size();
    int[] workspaces = new int[count];
    SupportRole[] roles = new SupportRole[count];
    for (int i = 0; i < count; i++) {
      WorkspaceScope scope = facts.workspaces().get(i);
      SupportRole own = scope.role();
      workspaces[i] = ordinals.applyAsInt(scope.workspace());
      roles[i] = own == null ? highest : own;
    }
    return new GrantNode(text, facts, workspaces, roles);
  }

  boolean isActive(long now) {
    return start <= now && now < end;
  }

  /** Whether the grant reaches only the dashboards of the workspaces that it names. */
  boolean namesWorkspaces() {
    return workspaces.length > 0;
  }

  /** What an agent may be on every dashboard in reach of a grant that names no workspaces. */
  SupportRole best() {
    return best;
  }

  /** The ordinal of the level that the grant gives on a dashboard while it is active. */
  int level(DashboardNode dashboard) {
    SupportRole role = role(dashboard.workspace);
    if (role == null) {
      return Level.NONE.ordinal();
    }
    return switch (role) {
      case ADMINISTRATOR -> Level.EDITOR.ordinal();
      case EDITOR -> dashboard.isOpen() ? Level.EDITOR.ordinal() : Level.NONE.ordinal();
      case VIEWER -> dashboard.isOpen() ? Level.VIEWER.ordinal() : Level.NONE.ordinal();
    };
  }

  /** The role on dashboards of a workspace, null if the grant does not reach them. */
  @Nullable SupportRole role(int workspace) {
    if (workspaces.length == 0) {
      return best;
    }
    for (int i = 0; i < workspaces.length; i++) {
      if (workspaces[i] == workspace) {
        return roles[i];
      }
    }
    return null;
  }

  @Override
  boolean present() {
    return facts != null;
  }

  long fingerprint() {
    return facts == null ? 0 : Fingerprints.grant(stableHash(), facts);
  }

  @Override
  long weightInBytes() {
    return 48
        + arrayWeight(text.length, 1)
        + weight(workspaces)
        + weight(workspaces)
        + 256
        + 96L * workspaces.length;
  }
}
