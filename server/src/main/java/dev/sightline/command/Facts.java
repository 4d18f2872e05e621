package dev.sightline.command;

import dev.sightline.change.InvitationFacts;
import dev.sightline.change.PersonalData;
import dev.sightline.change.Profile;
import dev.sightline.change.RequestFacts;
import dev.sightline.change.TeamFacts;
import dev.sightline.change.WaitingMail;
import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Person;
import dev.sightline.model.RequestId;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a decision needs beside the graph: what is personal, and which ids were ever used. Read
 * under the organization's lock, so it holds until the decision is written.
 */
public interface Facts {
  boolean wasUsed(UserId user);

  boolean wasUsed(DashboardId dashboard);

  boolean wasUsed(TeamId team);

  boolean wasUsed(WorkspaceId workspace);

  /** The user, not deleted, who has this address, whatever its case. */
  @Nullable UserId holderOf(EmailAddress email);

  /** What a user who is not deleted is called. */
  Profile profile(UserId user);

  /** What a team that is not deleted is called. */
  TeamFacts team(TeamId team);

  /** The root of an organization's realm; null if there is no such organization. */
  @Nullable OrganizationId rootOf(OrganizationId organization);

  /** A request, whatever became of it, or null; PENDING also past its end. */
  @Nullable RequestFacts request(RequestId request);

  /** Why somebody asked; may be empty. */
  String reason(RequestId request);

  /** When a request of this person for this dashboard was last declined, or null. */
  @Nullable Instant lastDeclined(DashboardId dashboard, UserId requester);

  /** Who is to be told when this draft is published. */
  Map<UserId, WaitingMail> waiting(DashboardId dashboard);

  /** The invitation that somebody was sent, or null. */
  @Nullable InvitationFacts invitation(UserId user);

  /** What the organization keeps of somebody that is personal. */
  PersonalData personalData(Person person);

  /** What is known around vendor support. */
  SupportFacts support();
}
