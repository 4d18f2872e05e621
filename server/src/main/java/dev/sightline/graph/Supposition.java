package dev.sightline.graph;

import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.SupportRole;
import dev.sightline.model.TeamId;
import java.time.Instant;
import java.util.List;

/** What might happen to what decides about a level. */
public sealed interface Supposition {
  /** Nothing is written, and this instant comes. */
  record TimePasses(Instant to) implements Supposition {}

  /** Somebody DISABLED is enabled. */
  record AccountEnabled() implements Supposition {}

  /** Somebody INVITED accepts. */
  record InvitationAccepted() implements Supposition {}

  /** The owner hands the dashboard to somebody else, and keeps an entry of EDITOR. */
  record OwnershipTransferred() implements Supposition {}

  /** An admin is given another role. */
  record RoleTaken() implements Supposition {}

  /** The draft is published. */
  record DashboardPublished() implements Supposition {}

  /** The entry for the person is removed. */
  record UserEntryRemoved() implements Supposition {}

  /** The entry for this team is removed. */
  record TeamEntryRemoved(TeamId team) implements Supposition {}

  /** An entry for the person is set. */
  record UserEntrySet(Level level) implements Supposition {}

  /** An entry for this team, which the person is in, is set. */
  record TeamEntrySet(TeamId team, Level level) implements Supposition {}

  /** These grants are revoked. */
  record GrantsRevoked(List<GrantId> grants) implements Supposition {
    public GrantsRevoked {
      grants = List.copyOf(grants);
    }
  }

  /** The agent is given a grant that reaches the dashboard, with this role there. */
  record GrantGiven(SupportRole role) implements Supposition {}
}
