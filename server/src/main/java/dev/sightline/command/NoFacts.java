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

/** Stands in for facts where there is no lock under which to read them. */
enum NoFacts implements Facts {
  INSTANCE;

  @Override
  public boolean wasUsed(UserId user) {
    throw none();
  }

  @Override
  public boolean wasUsed(DashboardId dashboard) {
    throw none();
  }

  @Override
  public boolean wasUsed(TeamId team) {
    throw none();
  }

  @Override
  public boolean wasUsed(WorkspaceId workspace) {
    throw none();
  }

  @Override
  public @Nullable UserId holderOf(EmailAddress email) {
    throw none();
  }

  @Override
  public Profile profile(UserId user) {
    throw none();
  }

  @Override
  public TeamFacts team(TeamId team) {
    throw none();
  }

  @Override
  public @Nullable OrganizationId rootOf(OrganizationId organization) {
    throw none();
  }

  @Override
  public @Nullable RequestFacts request(RequestId request) {
    throw none();
  }

  @Override
  public String reason(RequestId request) {
    throw none();
  }

  @Override
  public @Nullable Instant lastDeclined(DashboardId dashboard, UserId requester) {
    throw none();
  }

  @Override
  public Map<UserId, WaitingMail> waiting(DashboardId dashboard) {
    throw none();
  }

  @Override
  public @Nullable InvitationFacts invitation(UserId user) {
    throw none();
  }

  @Override
  public PersonalData personalData(Person person) {
    throw none();
  }

  @Override
  public SupportFacts support() {
    throw none();
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("this command can only be decided under the lock");
  }
}
