package dev.sightline.change;

import dev.sightline.model.DashboardId;
import dev.sightline.model.GrantId;
import dev.sightline.model.Person;
import dev.sightline.model.RequestId;
import dev.sightline.model.Subject;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
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

  /** An access request is made, goes to another addressee, or is over. */
  record RequestChanged(
      RequestId request, @Nullable RequestFacts before, @Nullable RequestFacts after)
      implements Change {
    @Override
    public RequestChanged inverse() {
      return new RequestChanged(request, after, before);
    }
  }

  /** Somebody wants a dashboard in their digest, or no longer. */
  record SubscriptionChanged(DashboardId dashboard, UserId user, boolean subscribed)
      implements Change {
    @Override
    public SubscriptionChanged inverse() {
      return new SubscriptionChanged(dashboard, user, !subscribed);
    }
  }

  /** Somebody is sent a link to accept an invitation with; decides nothing until it is used. */
  record InvitationChanged(
      UserId user, @Nullable InvitationFacts before, @Nullable InvitationFacts after)
      implements Change {
    @Override
    public InvitationChanged inverse() {
      return new InvitationChanged(user, after, before);
    }
  }

  /** A support agent asks to be let in, or that is over: granted, dismissed or past its end. */
  record SupportRequestChanged(
      UserId agent, @Nullable SupportRequestFacts before, @Nullable SupportRequestFacts after)
      implements Change {
    @Override
    public SupportRequestChanged inverse() {
      return new SupportRequestChanged(agent, after, before);
    }
  }

  /** What a realm's root says about support access changes. */
  record SupportPolicyChanged(SupportPolicy before, SupportPolicy after) implements Change {
    @Override
    public SupportPolicyChanged inverse() {
      return new SupportPolicyChanged(after, before);
    }
  }

  /**
   * Why something was asked for or granted: free text of a person, so personal. Comes behind the
   * change that it explains, in the same revision.
   */
  record ReasonGiven(Explained what, UserId by, String reason) implements Change {
    /** What a reason is for. */
    public sealed interface Explained {
      /** An access request. */
      record Request(RequestId request) implements Explained {}

      /** A support grant. */
      record Grant(GrantId grant) implements Explained {}

      /** A support agent's request, the pending one. */
      record SupportRequest(UserId agent) implements Explained {}
    }

    @Override
    public ReasonGiven inverse() {
      return this;
    }
  }

  /**
   * A support agent did something elsewhere that a service wants kept here.
   *
   * @param dashboard null: about none
   * @param at when it happened, microsecond precision
   */
  record AgentActed(UserId agent, @Nullable DashboardId dashboard, String what, Instant at)
      implements Change {
    @Override
    public AgentActed inverse() {
      return this;
    }
  }

  /**
   * What the log and the rows beside it kept of somebody that is personal is gone: all of it that
   * stood in earlier revisions.
   *
   * @param fields where in records the values stood, such as {@code after.name}; sorted
   * @param values how many values the log had
   * @param afterwards the erasing itself was not recorded, as that was not done yet: values of
   *     somebody deleted were found missing later
   */
  record PersonalDataErased(Person person, List<String> fields, int values, boolean afterwards)
      implements Change {
    public PersonalDataErased {
      fields = List.copyOf(fields);
    }

    @Override
    public PersonalDataErased inverse() {
      return this;
    }
  }
}
