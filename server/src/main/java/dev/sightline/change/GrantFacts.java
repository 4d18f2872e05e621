package dev.sightline.change;

import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What support staff may do here, and for how long.
 *
 * @param holder the group or the one agent that it is for
 * @param roles at least one
 * @param workspaces those it reaches, each with a role of its own or none (then the best of {@code
 *     roles} counts); empty: it reaches every dashboard
 * @param start from when it counts; microsecond precision
 * @param end from this very instant on it is over; null: until revoked
 */
public record GrantFacts(
    Holder holder,
    Set<SupportRole> roles,
    List<WorkspaceScope> workspaces,
    Instant start,
    @Nullable Instant end) {
  public GrantFacts {
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a grant has at least one role");
    }
    roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
    SortedMap<WorkspaceId, WorkspaceScope> byId = new TreeMap<>();
    for (WorkspaceScope scope : workspaces) {
      if (byId.put(scope.workspace(), scope) != null) {
        throw new IllegalArgumentException("a workspace is named twice: " + scope.workspace());
      }
    }
    workspaces = List.copyOf(byId.values());
  }

  /** Whom a grant is for. */
  public sealed interface Holder {
    /** Everybody in a group, whoever is in it at the time. */
    record Group(String name) implements Holder {}

    /** One agent, in whatever group. */
    record Agent(UserId agent) implements Holder {}
  }

  /** A workspace within reach; {@code role} null: the best of the grant's roles. */
  public record WorkspaceScope(WorkspaceId workspace, @Nullable SupportRole role) {}

  public boolean isActive(Instant at) {
    return !at.isBefore(start) && (end == null || at.isBefore(end));
  }

  public boolean covers(UserId agent, AgentFacts facts) {
    return switch (holder) {
      case Holder.Group(var name) -> name.equals(facts.group());
      case Holder.Agent(var one) -> one.equals(agent);
    };
  }
}
