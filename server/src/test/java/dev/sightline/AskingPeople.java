package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sightline.TestService.Node;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.AccessRequestServiceGrpc.AccessRequestServiceBlockingStub;
import dev.sightline.v1.CancelRequestRequest;
import dev.sightline.v1.CancelRequestResponse;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.DecideRequestRequest;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.EnableUserRequest;
import dev.sightline.v1.EntryToRemove;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.ExplainRequest;
import dev.sightline.v1.GetRequestAccessScreenRequest;
import dev.sightline.v1.GetRequestAccessScreenResponse;
import dev.sightline.v1.GetRequestRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkOutcome;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.ListRequestsRequest;
import dev.sightline.v1.LookAtLinkRequest;
import dev.sightline.v1.LookAtLinkResponse;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.MailServiceGrpc.MailServiceBlockingStub;
import dev.sightline.v1.ReadMailRequest;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.RequestAccessResponse;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.TransferOwnershipRequest;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UseLinkRequest;
import dev.sightline.v1.UseLinkResponse;
import dev.sightline.v1.Written;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An organization in which people ask each other to be let in, a line each: ada, an ADMIN for
 * longest, bo, another, and the analysts cal, dee, eli and fay.
 */
final class AskingPeople {
  final Node node;
  final String organization;
  final AccessRequestServiceBlockingStub requests;
  private final List<Node> senders = new ArrayList<>();
  private long lastMail;

  AskingPeople(Node node, String organization) {
    this.node = node;
    this.organization = organization;
    this.senders.add(node);
    this.requests = AccessRequestServiceGrpc.newBlockingStub(node.channel);
  }

  static AskingPeople in(Node node, String organization) {
    Orgs.create(node, organization, "ada");
    var people = new AskingPeople(node, organization);
    for (String analyst : List.of("cal", "dee", "eli", "fay")) {
      Orgs.add(node, organization, "ada", analyst, Role.ROLE_ANALYST);
    }
    Orgs.add(node, organization, "ada", "bo", Role.ROLE_ADMIN);
    return people;
  }

  /** Finds what another node has sent, too: each has an outbox of its own. */
  AskingPeople withMailOf(Node other) {
    senders.add(other);
    return this;
  }

  /** A published dashboard that is closed to whoever is not let in. */
  void dashboard(String owner, String dashboard) {
    Orgs.dashboard(node, organization, owner, dashboard, Level.LEVEL_NONE);
  }

  void draft(String owner, String dashboard, Level companyDefault) {
    var _ =
        node.dashboards.createDashboard(
            CreateDashboardRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(owner))
                .setDashboardId(dashboard)
                .setName("Dashboard " + dashboard)
                .setCompanyDefault(companyDefault)
                .setDraft(true)
                .build());
  }

  RequestAccessResponse ask(String user, String dashboard) {
    return ask(user, dashboard, "");
  }

  RequestAccessResponse ask(String user, String dashboard, String reason) {
    return requests.requestAccess(
        RequestAccessRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor(user))
            .setDashboardId(dashboard)
            .setReason(reason)
            .build());
  }

  /** Asks for the first time, and gives the request's id. */
  String asked(String user, String dashboard) {
    return ask(user, dashboard).getRequest().getId();
  }

  AccessRequest decide(String actor, String request, RequestDecision decision) {
    return requests
        .decideRequest(
            DecideRequestRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setRequestId(request)
                .setDecision(decision)
                .build())
        .getRequest();
  }

  AccessRequest approve(String actor, String request) {
    return decide(actor, request, RequestDecision.REQUEST_DECISION_APPROVE_VIEWER);
  }

  AccessRequest decline(String actor, String request) {
    return decide(actor, request, RequestDecision.REQUEST_DECISION_DECLINE);
  }

  CancelRequestResponse cancel(String actor, String request) {
    return requests.cancelRequest(
        CancelRequestRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor(actor))
            .setRequestId(request)
            .build());
  }

  AccessRequest request(String request) {
    return requests
        .getRequest(
            GetRequestRequest.newBuilder()
                .setOrganizationId(organization)
                .setRequestId(request)
                .build())
        .getRequest();
  }

  AccessRequest requestSeenBy(String user, String request) {
    return requests
        .getRequest(
            GetRequestRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(user))
                .setRequestId(request)
                .build())
        .getRequest();
  }

  List<AccessRequest> requestsSeenBy(String user) {
    return requests
        .listRequests(
            ListRequestsRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(user))
                .build())
        .getRequestsList();
  }

  RequestStatus status(String request) {
    return request(request).getStatus();
  }

  GetRequestAccessScreenResponse screen(String user, String dashboard) {
    return requests.getRequestAccessScreen(
        GetRequestAccessScreenRequest.newBuilder()
            .setOrganizationId(organization)
            .setActor(Orgs.actor(user))
            .setDashboardId(dashboard)
            .build());
  }

  Written give(String actor, String dashboard, String user, Level level) {
    return node.dashboards
        .updateAccess(Orgs.give(organization, actor, dashboard, user, level))
        .getWritten();
  }

  void giveFor(String actor, String dashboard, String user, Level level, Duration duration) {
    var _ =
        node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setDashboardId(dashboard)
                .addSet(
                    EntryToSet.newBuilder()
                        .setUserId(user)
                        .setLevel(level)
                        .setExpiresInMicros(duration.toNanos() / 1_000))
                .build());
  }

  void remove(String actor, String dashboard, String user) {
    var _ =
        node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setDashboardId(dashboard)
                .addRemove(EntryToRemove.newBuilder().setUserId(user))
                .build());
  }

  void companyDefault(String actor, String dashboard, Level level) {
    var _ =
        node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setDashboardId(dashboard)
                .setCompanyDefault(level)
                .build());
  }

  Written share(String actor, String dashboard, String user, Level level) {
    return node.dashboards
        .shareDashboard(
            ShareDashboardRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setDashboardId(dashboard)
                .setEmail(user + "@EXAMPLE.org")
                .setLevel(level)
                .build())
        .getWritten();
  }

  void setDraft(String actor, String dashboard, boolean draft) {
    var _ = node.dashboards.setDraft(Orgs.draft(organization, actor, dashboard, draft));
  }

  void transfer(String actor, String dashboard, String to) {
    var _ =
        node.dashboards.transferOwnership(
            TransferOwnershipRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setDashboardId(dashboard)
                .setNewOwnerId(to)
                .build());
  }

  void deleteDashboard(String actor, String dashboard) {
    var _ =
        node.dashboards.deleteDashboard(
            DeleteDashboardRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor(actor))
                .setDashboardId(dashboard)
                .build());
  }

  void disable(String user) {
    var _ =
        node.directory.disableUser(
            DisableUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .build());
  }

  void enable(String user) {
    var _ =
        node.directory.enableUser(
            EnableUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .build());
  }

  void delete(String user) {
    var _ =
        node.directory.deleteUser(
            DeleteUserRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .build());
  }

  void role(String user, Role role) {
    var _ =
        node.directory.changeRole(
            ChangeRoleRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .setRole(role)
                .build());
  }

  Level level(String user, String dashboard) {
    return node.access
        .explain(
            ExplainRequest.newBuilder()
                .setOrganizationId(organization)
                .setUserId(user)
                .setDashboardId(dashboard)
                .setConsistency(Orgs.FULLY_CONSISTENT)
                .build())
        .getLevel();
  }

  /** The token of a link in the latest mail about a request. */
  String link(String request, String label) {
    return token(mailsAbout(request).getLast(), label);
  }

  /** The same in the first mail about it. */
  String firstLink(String request, String label) {
    return token(mailsAbout(request).getFirst(), label);
  }

  private List<Mail> mailsAbout(String request) {
    return sent(ListMailRequest.newBuilder().setRequestId(request).build());
  }

  private String token(Mail mail, String label) {
    return said(mail)
        .lines()
        .filter(line -> line.startsWith(label + ": "))
        .map(line -> line.substring(line.lastIndexOf('/') + 1))
        .findFirst()
        .orElseThrow();
  }

  LookAtLinkResponse look(String token) {
    return requests.lookAtLink(LookAtLinkRequest.newBuilder().setToken(token).build());
  }

  UseLinkResponse use(String token) {
    return requests.useLink(UseLinkRequest.newBuilder().setToken(token).build());
  }

  LinkOutcome outcome(String token) {
    return use(token).getOutcome();
  }

  /** What was sent since the last call: kind, to whom, dashboard, level or requester. */
  List<String> mails() {
    List<Mail> sent =
        sent(ListMailRequest.newBuilder().setOrganizationId(organization).build()).stream()
            .filter(mail -> mail.getId() > lastMail)
            .toList();
    lastMail = sent.isEmpty() ? lastMail : sent.getLast().getId();
    return sent.stream().map(AskingPeople::line).toList();
  }

  private static String line(Mail mail) {
    return String.join(
            " ",
            mail.getKind().name().substring("MAIL_KIND_".length()),
            mail.getRecipientId(),
            mail.getDashboardId(),
            mail.getLevel() == Level.LEVEL_UNSPECIFIED
                ? ""
                : mail.getLevel().name().substring("LEVEL_".length()),
            mail.getRequesterId())
        .replaceAll(" +", " ")
        .strip();
  }

  /** What the last mail of a kind says, subject and text. */
  String saidLast(MailKind kind) {
    return said(
        sent(ListMailRequest.newBuilder().setOrganizationId(organization).setKind(kind).build())
            .getLast());
  }

  /** What the last mail of a kind to somebody says, subject and text. */
  String said(String recipient, MailKind kind) {
    return said(
        sent(ListMailRequest.newBuilder()
                .setOrganizationId(organization)
                .setKind(kind)
                .setRecipientId(recipient)
                .build())
            .getLast());
  }

  private String said(Mail mail) {
    ReadMailRequest request = ReadMailRequest.newBuilder().setMailId(mail.getId()).build();
    for (Node sender : senders) {
      try {
        var said = mail(sender).readMail(request);
        return said.getSubject() + "\n" + said.getText();
      } catch (StatusRuntimeException elsewhere) {
        assertEquals("MAIL_NOT_FOUND", Refusals.reason(elsewhere));
      }
    }
    throw new AssertionError("no node has sent mail " + mail.getId());
  }

  private List<Mail> sent(ListMailRequest request) {
    senders.forEach(sender -> sender.server().deliverMail());
    return mail(node).listMail(request.toBuilder().setPageSize(1_000).build()).getMailsList();
  }

  private static MailServiceBlockingStub mail(Node sender) {
    return MailServiceGrpc.newBlockingStub(sender.channel);
  }
}
