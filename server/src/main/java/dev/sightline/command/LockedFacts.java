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
import dev.sightline.store.OrganizationTransaction;
import dev.sightline.store.Rows.TeamRow;
import dev.sightline.store.Rows.UserRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Facts as the rows have them while the organization is locked. */
record LockedFacts(OrganizationTransaction transaction) implements Facts {
  @Override
  public boolean wasUsed(UserId user) {
    return transaction.rows().user(user) != null;
  }

  @Override
  public boolean wasUsed(DashboardId dashboard) {
    return !transaction.rows().dashboards(List.of(dashboard)).isEmpty();
  }

  @Override
  public boolean wasUsed(TeamId team) {
    return !transaction.rows().teams(List.of(team)).isEmpty();
  }

  @Override
  public boolean wasUsed(WorkspaceId workspace) {
    return !transaction.rows().workspaces(List.of(workspace)).isEmpty();
  }

  @Override
  public @Nullable UserId holderOf(EmailAddress email) {
    UserRow row = transaction.rows().userByEmail(email);
    return row == null ? null : row.id();
  }

  @Override
  public Profile profile(UserId user) {
    UserRow row = Objects.requireNonNull(transaction.rows().user(user), "user");
    return Objects.requireNonNull(row.profile(), "profile");
  }

  @Override
  public TeamFacts team(TeamId team) {
    TeamRow row = transaction.rows().teams(List.of(team)).get(team);
    return new TeamFacts(Objects.requireNonNull(row, "team").name());
  }

  @Override
  public @Nullable OrganizationId rootOf(OrganizationId organization) {
    return transaction.rootOf(organization);
  }

  @Override
  public @Nullable RequestFacts request(RequestId request) {
    return transaction.around().request(request);
  }

  @Override
  public String reason(RequestId request) {
    return transaction.around().reason(request);
  }

  @Override
  public @Nullable Instant lastDeclined(DashboardId dashboard, UserId requester) {
    return transaction.around().lastDeclined(dashboard, requester);
  }

  @Override
  public Map<UserId, WaitingMail> waiting(DashboardId dashboard) {
    return transaction.around().waiting(dashboard);
  }

  @Override
  public @Nullable InvitationFacts invitation(UserId user) {
    return transaction.around().invitation(user);
  }

  @Override
  public PersonalData personalData(Person person) {
    return transaction.personalData(person);
  }

  @Override
  public SupportFacts support() {
    return new LockedSupportFacts(transaction);
  }
}
