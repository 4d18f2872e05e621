package dev.sightline.store;

import dev.sightline.change.Profile;
import dev.sightline.change.UserFacts;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Role;
import dev.sightline.model.Status;
import dev.sightline.model.TeamId;
import dev.sightline.model.UserId;
import dev.sightline.model.WorkspaceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows as the directory shows them: also what the graph leaves out, such as names. */
public final class Rows {
  private Rows() {}

  /**
   * An organization.
   *
   * @param root the root of its realm, itself if it has no parent
   */
  public record OrganizationRow(
      OrganizationId id, String name, @Nullable OrganizationId parent, OrganizationId root) {}

  /**
   * A user, deleted ones included.
   *
   * @param profile null if none was ever written, or it has been erased
   */
  public record UserRow(
      UserId id,
      @Nullable Profile profile,
      Role role,
      Status status,
      Instant createdAt,
      @Nullable Instant adminSince,
      boolean activeResponse,
      boolean secondFactor) {
    /** What decides about the user, or null if deleted. */
    public @Nullable UserFacts facts() {
      return status == Status.DELETED
          ? null
          : new UserFacts(role, status, createdAt, adminSince, activeResponse, secondFactor);
    }
  }

  /** A team. */
  public record TeamRow(TeamId id, String name, boolean deleted) {}

  /** A workspace. */
  public record WorkspaceRow(WorkspaceId id, String name, boolean deleted) {}

  /** A dashboard. */
  public record DashboardRow(
      DashboardId id,
      String name,
      UserId owner,
      Level companyDefault,
      boolean draft,
      @Nullable WorkspaceId workspace,
      boolean deleted) {}
}
