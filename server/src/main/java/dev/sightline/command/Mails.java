package dev.sightline.command;

import dev.sightline.change.Change;
import dev.sightline.change.Change.ProfileChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.InvitationFacts;
import dev.sightline.change.Mail;
import dev.sightline.change.Mail.Recipient;
import dev.sightline.change.Profile;
import dev.sightline.change.RequestFacts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.RequestId;
import dev.sightline.model.UserId;
import java.util.List;
import java.util.Objects;

/** Writes mails with what people are called once the changes of the same revision are made. */
final class Mails {
  private final Facts facts;
  private final List<? extends Change> changes;

  /**
   * @param changes which the rows that {@code facts} reads do not know yet
   */
  Mails(Facts facts, List<? extends Change> changes) {
    this.facts = facts;
    this.changes = changes;
  }

  Profile profile(UserId user) {
    for (Change change : changes) {
      if (change instanceof ProfileChanged(var who, var _, Profile after)
          && after != null
          && who.equals(user)) {
        return after;
      }
    }
    return facts.profile(user);
  }

  Recipient to(UserId user) {
    return new Recipient(user, profile(user).email());
  }

  /** For somebody INVITED. */
  Mail.Invitation invitation(UserId user, OrgGraph graph, InvitationFacts invitation) {
    return new Mail.Invitation(
        to(user),
        profile(user).name(),
        Objects.requireNonNull(graph.organization(), "organization").name(),
        invitation.sending(),
        invitation.end());
  }

  /** For whoever a request is addressed to. */
  Mail.AccessRequested accessRequested(
      RequestId id, RequestFacts request, DashboardFacts dashboard, String reason) {
    Profile requester = profile(request.requester());
    return new Mail.AccessRequested(
        to(request.addressee()),
        id,
        request.addressing(),
        request.dashboard(),
        dashboard.name(),
        request.requester(),
        requester.name(),
        requester.email(),
        reason,
        request.end());
  }
}
