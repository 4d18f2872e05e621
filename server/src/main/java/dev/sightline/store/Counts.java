package dev.sightline.store;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many facts of each kind an organization has; what is deleted or revoked does not count. */
public record Counts(
    long users,
    long teams,
    long memberships,
    long workspaces,
    long dashboards,
    long entries,
    long agents,
    long grants) {
  /** An organization before its first change. */
  public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

  /** These counts after these changes. */
  public Counts after(List<Change> changes) {
    Counts counts = this;
    for (Change change : changes) {
      counts = counts.after(change);
    }
    return counts;
  }

  private Counts after(Change change) {
    return switch (change) {
      case OrganizationChanged _, ProfileChanged _, EstateInherited _ -> this;
      // The fingerprint tells whether those of them that the graph holds are all there.
      case RequestChanged _, SubscriptionChanged _, InvitationChanged _ -> this;
      case SupportRequestChanged _, SupportPolicyChanged _, ReasonGiven _, AgentActed _ -> this;
      case PersonalDataErased _ -> this;
      case UserChanged c -> plus(step(c.before(), c.after()), 0, 0, 0, 0, 0, 0, 0);
      case TeamChanged c -> plus(0, step(c.before(), c.after()), 0, 0, 0, 0, 0, 0);
      case MembershipChanged c -> plus(0, 0, c.joined() ? 1 : -1, 0, 0, 0, 0, 0);
      case WorkspaceChanged c -> plus(0, 0, 0, step(c.before(), c.after()), 0, 0, 0, 0);
      case DashboardChanged c -> plus(0, 0, 0, 0, step(c.before(), c.after()), 0, 0, 0);
      case EntryChanged c -> plus(0, 0, 0, 0, 0, step(c.before(), c.after()), 0, 0);
      case AgentChanged c -> plus(0, 0, 0, 0, 0, 0, step(c.before(), c.after()), 0);
      case GrantChanged c -> plus(0, 0, 0, 0, 0, 0, 0, step(c.before(), c.after()));
    };
  }

  private static int step(@Nullable Object before, @Nullable Object after) {
    return (after == null ? 0 : 1) - (before == null ? 0 : 1);
  }

  private Counts plus(int u, int t, int m, int w, int d, int e, int a, int g) {
    return new Counts(
        users + u,
        teams + t,
        memberships + m,
        workspaces + w,
        dashboards + d,
        entries + e,
        agents + a,
        grants + g);
  }
}
