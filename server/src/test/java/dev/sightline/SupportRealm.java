package dev.sightline;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AllowSupportAccessRequest;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.DismissSupportRequestRequest;
import dev.sightline.v1.GetSupportHistoryRequest;
import dev.sightline.v1.GrantStatus;
import dev.sightline.v1.GrantSupportAccessRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.ListSupportRequestsRequest;
import dev.sightline.v1.Mail;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.RegisterAgentRequest;
import dev.sightline.v1.RequestSupportAccessRequest;
import dev.sightline.v1.RevokePortalAccessRequest;
import dev.sightline.v1.RevokeSupportAccessRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.SupportAgent;
import dev.sightline.v1.SupportGrant;
import dev.sightline.v1.SupportRole;
import dev.sightline.v1.WhoHasSupportAccessRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A realm of four portals (root, west, east under root, deep under west) and a root of its own
 * (other), each with an admin of its own; and the requests about vendor support, in a line each.
 */
final class SupportRealm {
  static final String SAM = "support:sam";
  static final String SUE = "support:sue";

  static final Actor ADA = Orgs.actor("ada").toBuilder().setOrganizationId("root").build();

  private final Node node;

  SupportRealm(Node node) {
    this.node = node;
  }

  /** Makes the realm. */
  static SupportRealm made(Node node) {
    create(node, "root", "", "ada");
    create(node, "west", "root", "wes");
    create(node, "east", "root", "eve");
    create(node, "deep", "west", "dan");
    create(node, "other", "", "ott");
    Orgs.add(node, "root", "ada", "bo", Role.ROLE_ADMIN);
    Orgs.add(node, "root", "ada", "mia", Role.ROLE_MANAGER);
    for (String portal : List.of("root", "west", "east", "deep", "other")) {
      Orgs.dashboard(node, portal, admin(portal), "d", Level.LEVEL_VIEWER);
    }
    return new SupportRealm(node);
  }

  /** The same realm, asked of another node. */
  SupportRealm on(Node other) {
    return new SupportRealm(other);
  }

  static void create(Node node, String organization, String parent, String admin) {
    var _ =
        node.directory.createOrganization(
            CreateOrganizationRequest.newBuilder()
                .setOrganizationId(organization)
                .setName("Organization " + organization)
                .setParentId(parent)
                .setAdmin(Orgs.newUser(admin, Role.ROLE_ADMIN))
                .build());
  }

  static String admin(String portal) {
    return switch (portal) {
      case "root" -> "ada";
      case "west" -> "wes";
      case "east" -> "eve";
      case "deep" -> "dan";
      default -> "ott";
    };
  }

  SupportAgent register(String agent, String group) {
    return node.support.registerAgent(registration(agent, group).build()).getAgent();
  }

  static RegisterAgentRequest.Builder registration(String agent, String group) {
    return RegisterAgentRequest.newBuilder()
        .setAgent(
            SupportAgent.newBuilder()
                .setId(agent)
                .setName("Name of " + agent)
                .setEmail(agent.substring("support:".length()) + "@vendor.test")
                .setGroup(group));
  }

  void ask(String agent, String... portals) {
    var _ =
        node.support.requestSupportAccess(
            RequestSupportAccessRequest.newBuilder()
                .setAgentId(agent)
                .addAllOrganizationIds(List.of(portals))
                .setReason("Ticket 4711")
                .build());
  }

  /** "agent portal" of each pending request that an actor sees. */
  List<String> pending(String organization, Actor actor) {
    return node
        .support
        .listSupportRequests(
            ListSupportRequestsRequest.newBuilder()
                .setOrganizationId(organization)
                .setActor(actor)
                .build())
        .getRequestsList()
        .stream()
        .map(one -> one.getAgent().getId() + " " + one.getOrganizationId())
        .toList();
  }

  void dismiss(String agent, String... portals) {
    var _ =
        node.support.dismissSupportRequest(
            DismissSupportRequestRequest.newBuilder()
                .setOrganizationId("root")
                .setActor(ADA)
                .setAgentId(agent)
                .addAllOrganizationIds(List.of(portals))
                .build());
  }

  /** By ada, who is an admin of the root. */
  static AllowSupportAccessRequest.Builder allow(String... portals) {
    return AllowSupportAccessRequest.newBuilder()
        .setOrganizationId("root")
        .setActor(ADA)
        .addAllOrganizationIds(List.of(portals));
  }

  List<SupportGrant> allowed(String... portals) {
    return node.support.allowSupportAccess(allow(portals).build()).getPortalsList().stream()
        .map(portal -> portal.getGrant())
        .toList();
  }

  /** By ada; to whom, and for how long, is still to be said. */
  static GrantSupportAccessRequest.Builder grant(String portal, SupportRole role) {
    return GrantSupportAccessRequest.newBuilder()
        .setOrganizationId(portal)
        .setActor(ADA)
        .addRoles(role);
  }

  SupportGrant granted(GrantSupportAccessRequest.Builder request) {
    return node.support.grantSupportAccess(request.build()).getGrant();
  }

  static RevokeSupportAccessRequest revoke(String portal, String grant) {
    return RevokeSupportAccessRequest.newBuilder()
        .setOrganizationId(portal)
        .setActor(ADA)
        .setGrantId(grant)
        .build();
  }

  static RevokePortalAccessRequest.Builder revokeAll(String... portals) {
    return RevokePortalAccessRequest.newBuilder()
        .setOrganizationId("root")
        .setActor(ADA)
        .addAllOrganizationIds(List.of(portals));
  }

  List<SupportGrant> history(String portal) {
    return node.support
        .getSupportHistory(GetSupportHistoryRequest.newBuilder().setOrganizationId(portal).build())
        .getGrantsList();
  }

  List<GrantStatus> statuses(String portal) {
    return history(portal).stream().map(SupportGrant::getStatus).toList();
  }

  /** The agents who have access to a portal. */
  List<String> letIn(String portal) {
    return node
        .support
        .whoHasSupportAccess(
            WhoHasSupportAccessRequest.newBuilder().setOrganizationId(portal).build())
        .getAgentsList()
        .stream()
        .map(one -> one.getAgent().getId())
        .toList();
  }

  boolean sees(String agent, String portal) {
    return node.access
        .canView(
            CanViewRequest.newBuilder()
                .setOrganizationId(portal)
                .setUserId(agent)
                .setDashboardId("d")
                .setConsistency(Orgs.FULLY_CONSISTENT)
                .build())
        .getAllowed();
  }

  /** "address organization" of each mail about support, in the order in which they were written. */
  List<String> told() {
    return mails().map(mail -> mail.getAddress() + " " + mail.getOrganizationId()).toList();
  }

  private Stream<Mail> mails() {
    var stub = MailServiceGrpc.newBlockingStub(node.channel);
    List<Mail> all = new ArrayList<>();
    var request = ListMailRequest.newBuilder();
    do {
      var page = stub.listMail(request.build());
      all.addAll(page.getMailsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return all.stream().filter(mail -> mail.getKind() == MailKind.MAIL_KIND_SUPPORT_ACCESS_GRANTED);
  }
}
