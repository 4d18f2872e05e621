package dev.sightline.change;

import dev.sightline.model.DashboardId;
import dev.sightline.model.EmailAddress;
import dev.sightline.model.GrantId;
import dev.sightline.model.Level;
import dev.sightline.model.RequestId;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail that a change causes, with all that it says. Written in the transaction of the change, and
 * sent afterwards. Links are not in it: they are made when it is sent, so that nothing keeps them.
 */
public sealed interface Mail {
  /** To whom. */
  Recipient to();

  /**
   * Somebody to write to.
   *
   * @param user a user of the organization, or a support agent
   */
  record Recipient(UserId user, EmailAddress address) {}

  /**
   * Somebody was let in.
   *
   * @param sharedBy null: what the person was called is erased
   */
  record Shared(
      Recipient to,
      DashboardId dashboard,
      String dashboardName,
      Level level,
      @Nullable String sharedBy)
      implements Mail {}

  /**
   * Somebody asks to be let in; goes with three one-click links.
   *
   * @param addressing the request's at that time: the links are alive as long as it stays
   * @param reason may be empty
   * @param end until when the links can be used
   */
  record AccessRequested(
      Recipient to,
      RequestId request,
      int addressing,
      DashboardId dashboard,
      String dashboardName,
      UserId requester,
      String requesterName,
      EmailAddress requesterAddress,
      String reason,
      Instant end)
      implements Mail {}

  /**
   * A request was approved.
   *
   * @param ownerName null: what the owner was called is erased
   */
  record Approved(
      Recipient to,
      DashboardId dashboard,
      String dashboardName,
      Level level,
      @Nullable String ownerName)
      implements Mail {}

  /**
   * A request was not approved.
   *
   * @param dashboardName null: it is left out
   * @param contact whom to turn to
   */
  record Declined(
      Recipient to, DashboardId dashboard, @Nullable String dashboardName, EmailAddress contact)
      implements Mail {}

  /**
   * Somebody is invited; goes with a link.
   *
   * @param sending the invitation's at that time: the link is alive as long as it stays
   * @param end until when the link can be used
   */
  record Invitation(Recipient to, String name, String organizationName, int sending, Instant end)
      implements Mail {}

  /**
   * A support agent may get in.
   *
   * @param workspaces names with the role in each, or of all; empty: everywhere
   * @param end null: until revoked
   */
  record SupportAccessGranted(
      Recipient to,
      GrantId grant,
      String organizationName,
      List<SupportRole> roles,
      List<String> workspaces,
      @Nullable Instant end)
      implements Mail {
    public SupportAccessGranted {
      roles = List.copyOf(roles);
      workspaces = List.copyOf(workspaces);
    }
  }
}
