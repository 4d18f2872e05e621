package dev.sightline.change;

import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fact of an organization, before and after. {@code null} before: the fact comes to be; {@code
 * null} after: it is gone. The same value writes the rows, the log, and every copy of the graph.
 *
 * <p>INVARIANT: {@code change.inverse()} undoes exactly what {@code change} does, so a graph can be
 * rewound to any position whose log is still there.
 */
public sealed interface Change {

  /** The change that undoes this one. */
  Change inverse();

  /** The organization's own facts. Comes first in revision 1, and {@code after} is never null. */
  record OrganizationChanged(@Nullable OrganizationFacts before, @Nullable OrganizationFacts after)
      implements Change {
    @Override
    public OrganizationChanged inverse() {
      return new OrganizationChanged(after, before);
    }
  }

  /** What decides about a user. A deleted user is gone: {@code after} is null. */
  record UserChanged(UserId user, @Nullable UserFacts before, @Nullable UserFacts after)
      implements Change {
    @Override
    public UserChanged inverse() {
      return new UserChanged(user, after, before);
    }
  }

  /** What a user is called; personal, and nothing that decides. */
  record ProfileChanged(UserId user, @Nullable Profile before, @Nullable Profile after)
      implements Change {
    @Override
    public ProfileChanged inverse() {
      return new ProfileChanged(user, after, before);
    }
  }

  /**
   * A team comes, is renamed or goes. Memberships and entries that go with it are changes of their
   * own, before this one.
   */
  record TeamChanged(TeamId team, @Nullable TeamFacts before, @Nullable TeamFacts after)
      implements Change {
    @Override
    public TeamChanged inverse() {
      return new TeamChanged(team, after, before);
    }
  }

  /** Somebody, or a whole team, joins a team or leaves it. */
  record MembershipChanged(TeamId team, Subject member, boolean joined) implements Change {
    @Override
    public MembershipChanged inverse() {
      return new MembershipChanged(team, member, !joined);
    }
  }

  /** A workspace comes, is renamed or goes. */
  record WorkspaceChanged(
      WorkspaceId workspace, @Nullable WorkspaceFacts before, @Nullable WorkspaceFacts after)
      implements Change {
    @Override
    public WorkspaceChanged inverse() {
      return new WorkspaceChanged(workspace, after, before);
    }
  }

  /**
   * A dashboard comes, changes or goes. Entries that go with it are changes of their own, before
   * this one.
   */
  record DashboardChanged(
      DashboardId dashboard, @Nullable DashboardFacts before, @Nullable DashboardFacts after)
      implements Change {
    @Override
    public DashboardChanged inverse() {
      return new DashboardChanged(dashboard, after, before);
    }
  }

  /** An entry of a user or a team on a dashboard is set or removed. */
  record EntryChanged(
      DashboardId dashboard, Subject subject, @Nullable Entry before, @Nullable Entry after)
      implements Change {
    @Override
    public EntryChanged inverse() {
      return new EntryChanged(dashboard, subject, after, before);
    }
  }

  /** All that one person owned goes to another, however much it is: one change, one statement. */
  record EstateInherited(UserId from, UserId to, List<DashboardId> dashboards) implements Change {
    public EstateInherited {
      dashboards = List.copyOf(dashboards);
    }

    @Override
    public EstateInherited inverse() {
      return new EstateInherited(to, from, dashboards);
    }
  }

  /** A support grant begins, or ends before its time; one that runs out by itself is no change. */
  record GrantChanged(GrantId grant, @Nullable GrantFacts before, @Nullable GrantFacts after)
      implements Change {
    @Override
    public GrantChanged inverse() {
      return new GrantChanged(grant, after, before);
    }
  }

  /** A support agent whom this organization's grants reach comes, changes group or goes. */
  record AgentChanged(UserId agent, @Nullable AgentFacts before, @Nullable AgentFacts after)
      implements Change {
    @Override
    public AgentChanged inverse() {
      return new AgentChanged(agent, after, before);
    }
  }
}
