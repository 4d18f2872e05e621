package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sightline.auth.TestServer;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.model.LinkTarget;
import dev.sightline.model.LinkToken;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.UserId;
import dev.sightline.store.Database;
import dev.sightline.store.OneClickLinks.Link;
import dev.sightline.v1.AcceptInvitationRequest;
import dev.sightline.v1.AcceptInvitationResponse;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.InviteUserRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.Scope;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which services may hand in the link of an invitation. */
class InvitationCallersTest {
  private static TestService service;
  private static Server server;
  private static ManagedChannel channel;
  private static Channel operator;

  @BeforeAll
  static void start() {
    service = TestService.start();
    server = Server.start(service.serving(DatabaseClock.measured(), 0).withTokens());
    channel = TestService.Node.channel(server.port());
    operator = holding(Objects.requireNonNull(server.firstToken()).reveal());
    create("root", "");
    create("portal", "root");
    create("other", "");
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
    service.close();
  }

  @Test
  void a_link_of_an_organization_that_the_token_does_not_reach_looks_dead() {
    String link = invite("portal", "gil");
    var unknown =
        assertRefused(
            Code.FAILED_PRECONDITION,
            "INVITATION_LINK_DEAD",
            () -> accept(operator, LinkToken.draw(new SecureRandom()).reveal()));
    for (TokenBinding binding :
        List.of(organization("other"), organization("root"), realm("other"))) {
      Channel caller = token(binding, Scope.SCOPE_MANAGE);
      var foreign =
          assertRefused(
              Code.FAILED_PRECONDITION, "INVITATION_LINK_DEAD", () -> accept(caller, link));
      assertEquals(unknown.getStatus().getDescription(), foreign.getStatus().getDescription());
    }
    assertEquals("gil", accept(token(realm("root"), Scope.SCOPE_MANAGE), link).getUser().getId());
  }

  @Test
  void a_token_for_the_organization_itself_may_accept() {
    String link = invite("portal", "hal");
    Channel caller = token(organization("portal"), Scope.SCOPE_MANAGE);
    assertEquals("portal", accept(caller, link).getOrganizationId());
  }

  @Test
  void the_same_key_of_another_service_is_another_key() {
    Channel one = token(organization("portal"), Scope.SCOPE_MANAGE);
    Channel two = token(organization("portal"), Scope.SCOPE_MANAGE);
    String ivys = invite("portal", "ivy");
    String joes = invite("portal", "joe");
    assertEquals("ivy", accept(one, ivys, "first").getUser().getId());
    assertEquals("joe", accept(two, joes, "first").getUser().getId());
  }

  @Test
  void only_a_service_that_manages_may_accept() {
    String link = invite("portal", "kim");
    for (Scope scope : List.of(Scope.SCOPE_CHECK, Scope.SCOPE_WATCH, Scope.SCOPE_SUPPORT)) {
      Channel caller = token(organization("portal"), scope);
      assertRefused(Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED", () -> accept(caller, link));
    }
  }

  /** Invites somebody, and makes a link as the mail would have one. */
  private static String invite(String organization, String user) {
    var invited =
        DirectoryServiceGrpc.newBlockingStub(operator)
            .inviteUser(
                InviteUserRequest.newBuilder()
                    .setOrganizationId(organization)
                    .setActor(Orgs.actor("ada"))
                    .setUser(Orgs.newUser(user, Role.ROLE_ANALYST))
                    .build());
    LinkToken token = LinkToken.draw(new SecureRandom());
    try (Database database = Database.open(service.settings())) {
      database
          .oneClickLinks()
          .add(
              List.of(
                  new Link(
                      token.hash(),
                      new OrganizationId(organization),
                      new LinkTarget.OfInvitation(new UserId(user)),
                      1,
                      Instant.ofEpochSecond(invited.getLinkEndsAtMicros() / 1_000_000))));
    }
    return token.reveal();
  }

  private static AcceptInvitationResponse accept(Channel caller, String link) {
    return accept(caller, link, "");
  }

  private static AcceptInvitationResponse accept(Channel caller, String link, String key) {
    return DirectoryServiceGrpc.newBlockingStub(caller)
        .acceptInvitation(
            AcceptInvitationRequest.newBuilder().setLinkToken(link).setIdempotencyKey(key).build());
  }

  private static TokenBinding organization(String organization) {
    return TokenBinding.newBuilder().setOrganizationId(organization).build();
  }

  private static TokenBinding realm(String root) {
    return TokenBinding.newBuilder().setRealmId(root).build();
  }

  private static Channel token(TokenBinding binding, Scope scope) {
    return holding(
        TokenServiceGrpc.newBlockingStub(operator)
            .createToken(
                CreateTokenRequest.newBuilder()
                    .setName("test")
                    .addScopes(scope)
                    .setBinding(binding)
                    .build())
            .getSecret());
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
}
