package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sightline.auth.TestServer;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.v1.AccessRequestServiceGrpc;
import dev.sightline.v1.AccessRequestServiceGrpc.AccessRequestServiceBlockingStub;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkOutcome;
import dev.sightline.v1.LinkState;
import dev.sightline.v1.ListMailRequest;
import dev.sightline.v1.LookAtLinkRequest;
import dev.sightline.v1.LookAtLinkResponse;
import dev.sightline.v1.MailServiceGrpc;
import dev.sightline.v1.ReadMailRequest;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.Scope;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import dev.sightline.v1.UseLinkRequest;
import dev.sightline.v1.UseLinkResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever calls for one organization learns nothing from links of another. */
class ForeignLinksTest {
  private static final Pattern LINK =
      Pattern.compile("Approve as Viewer: \\S+/([A-Za-z0-9_-]{43})");

  private static TestService service;
  private static Server server;
  private static ManagedChannel channel;
  private static Channel operator;
  private static String link;

  @BeforeAll
  static void start() {
    service = TestService.start();
    server = Server.start(service.serving(DatabaseClock.measured(), 0).withTokens());
    channel = TestService.Node.channel(server.port());
    operator = holding(Objects.requireNonNull(server.firstToken()).reveal());
    create("root", "");
    create("portal", "root");
    create("other", "");
    link = linkOfPortal();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
    service.close();
  }

  @Test
  void a_link_of_an_organization_out_of_reach_is_void() {
    for (TokenBinding binding :
        new TokenBinding[] {
          TokenBinding.newBuilder().setOrganizationId("root").build(),
          TokenBinding.newBuilder().setOrganizationId("other").build(),
          TokenBinding.newBuilder().setRealmId("other").build()
        }) {
      var foreign = callers(binding, Scope.SCOPE_MANAGE);
      assertEquals(
          LookAtLinkResponse.newBuilder().setState(LinkState.LINK_STATE_VOID).build(),
          look(foreign));
      assertEquals(
          UseLinkResponse.newBuilder().setOutcome(LinkOutcome.LINK_OUTCOME_VOID).build(),
          use(foreign));
    }
    var near = callers(TokenBinding.newBuilder().setRealmId("root").build(), Scope.SCOPE_MANAGE);
    assertEquals(LinkState.LINK_STATE_OPEN, look(near).getState());
    var own =
        callers(TokenBinding.newBuilder().setOrganizationId("portal").build(), Scope.SCOPE_MANAGE);
    assertEquals(LinkOutcome.LINK_OUTCOME_APPLIED, use(own).getOutcome());
  }

  @Test
  void who_only_checks_uses_no_links() {
    var checks = callers(TokenBinding.newBuilder().setAll(true).build(), Scope.SCOPE_CHECK);
    Refusals.assertRefused(Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED", () -> look(checks));
    Refusals.assertRefused(Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED", () -> use(checks));
  }

  private static LookAtLinkResponse look(AccessRequestServiceBlockingStub caller) {
    return caller.lookAtLink(LookAtLinkRequest.newBuilder().setToken(link).build());
  }

  private static UseLinkResponse use(AccessRequestServiceBlockingStub caller) {
    return caller.useLink(UseLinkRequest.newBuilder().setToken(link).build());
  }

  private static AccessRequestServiceBlockingStub callers(TokenBinding binding, Scope scope) {
    String secret =
        TokenServiceGrpc.newBlockingStub(operator)
            .createToken(
                CreateTokenRequest.newBuilder()
                    .setName("test")
                    .addScopes(scope)
                    .setBinding(binding)
                    .build())
            .getSecret();
    return AccessRequestServiceGrpc.newBlockingStub(holding(secret));
  }

  private static Channel holding(String token) {
    return TestServer.presenting("Bearer " + token, AccessServiceGrpc.newBlockingStub(channel))
        .getChannel();
  }

  private static void create(String organization, String parent) {
    var _ =
        DirectoryServiceGrpc.newBlockingStub(operator)
            .createOrganization(
                CreateOrganizationRequest.newBuilder()
                    .setOrganizationId(organization)
                    .setParentId(parent)
                    .setName(organization)
                    .setAdmin(Orgs.newUser("ada", Role.ROLE_ADMIN))
                    .build());
  }

  private static String linkOfPortal() {
    var _ =
        DirectoryServiceGrpc.newBlockingStub(operator)
            .addUser(
                AddUserRequest.newBuilder()
                    .setOrganizationId("portal")
                    .setActor(Orgs.actor("ada"))
                    .setUser(Orgs.newUser("fay", Role.ROLE_ANALYST))
                    .build());
    var _ =
        DashboardServiceGrpc.newBlockingStub(operator)
            .createDashboard(
                CreateDashboardRequest.newBuilder()
                    .setOrganizationId("portal")
                    .setActor(Orgs.actor("ada"))
                    .setDashboardId("d")
                    .setName("D")
                    .setCompanyDefault(Level.LEVEL_NONE)
                    .build());
    var _ =
        AccessRequestServiceGrpc.newBlockingStub(operator)
            .requestAccess(
                RequestAccessRequest.newBuilder()
                    .setOrganizationId("portal")
                    .setActor(Orgs.actor("fay"))
                    .setDashboardId("d")
                    .build());
    server.deliverMail();
    var mails = MailServiceGrpc.newBlockingStub(operator);
    long mail = mails.listMail(ListMailRequest.getDefaultInstance()).getMails(0).getId();
    Matcher found =
        LINK.matcher(
            mails.readMail(ReadMailRequest.newBuilder().setMailId(mail).build()).getText());
    if (!found.find()) {
      throw new AssertionError("a mail without a link");
    }
    return found.group(1);
  }
}
