package dev.sightline;

import static dev.sightline.CheckConversation.question;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.auth.TestServer;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.CreateTokenResponse;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.RevokeTokenRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.Scope;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may ask what on a stream of checks. */
@Timeout(120)
class StreamChecksCallersTest {
  private static final TokenBinding ROOT =
      TokenBinding.newBuilder().setOrganizationId("root").build();
  private static final TokenBinding REALM = TokenBinding.newBuilder().setRealmId("root").build();

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

  private static CreateTokenResponse token(TokenBinding binding, Scope scope) {
    return TokenServiceGrpc.newBlockingStub(operator)
        .createToken(
            CreateTokenRequest.newBuilder()
                .setName("test")
                .addScopes(scope)
                .setBinding(binding)
                .build());
  }

  private static CheckConversation stream(TokenBinding binding) {
    return CheckConversation.on(holding(token(binding, Scope.SCOPE_CHECK).getSecret()));
  }

  private static void assertAnswered(CheckConversation stream, String organization) {
    var answer = stream.answer(question(1, organization, "ada", "d"));
    assertFalse(answer.hasError(), answer::toString);
    assertFalse(answer.getPosition().isEmpty());
  }

  /** The stream ends, and this question is not answered. */
  private static void assertEnds(CheckConversation stream, String organization) {
    stream.ask(question(2, organization, "ada", "d").build());
    assertEnded(Status.Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED", stream);
  }

  private static void assertEnded(Status.Code code, String reason, CheckConversation stream) {
    StatusRuntimeException ended = stream.closed();
    assertEquals(code + " " + reason, ended.getStatus().getCode() + " " + Refusals.reason(ended));
    assertEquals(0, stream.unclaimed());
  }

  @Test
  void a_token_of_one_organization_asks_about_that_one_and_any_other_ends_the_stream() {
    CheckConversation stream = stream(ROOT);
    assertAnswered(stream, "root");
    assertAnswered(stream, "");
    assertAnswered(stream, "root");
    assertEnds(stream, "other");
  }

  @Test
  void a_token_of_another_organization_asks_nothing() {
    assertEnds(stream(ROOT), "other");
    assertEnds(stream(ROOT), "portal");
    assertEnds(stream(ROOT), "");
    assertEnds(stream(ROOT), "no id");
  }

  @Test
  void a_realms_token_asks_about_all_below_its_root_and_any_other_ends_the_stream() {
    CheckConversation stream = stream(REALM);
    assertAnswered(stream, "portal");
    assertAnswered(stream, "root");
    assertAnswered(stream, "");
    assertEnds(stream, "other");
    assertEnds(stream(REALM), "");
  }

  @Test
  void a_token_without_the_scope_asks_nothing() {
    String manages = token(ROOT, Scope.SCOPE_MANAGE).getSecret();
    assertEnds(CheckConversation.on(holding(manages)), "root");
  }

  @Test
  void a_stream_ends_with_its_token_and_answers_nothing_afterwards() {
    CreateTokenResponse token = token(ROOT, Scope.SCOPE_CHECK);
    CheckConversation stream = CheckConversation.on(holding(token.getSecret()));
    assertAnswered(stream, "root");
    var _ =
        TokenServiceGrpc.newBlockingStub(operator)
            .revokeToken(
                RevokeTokenRequest.newBuilder().setTokenId(token.getToken().getId()).build());
    stream.ask(question(3, "root", "ada", "d").build());
    assertEnded(Status.Code.UNAUTHENTICATED, "NOT_AUTHENTICATED", stream);
    assertTrue(stream.closed().getStatus().getDescription() != null);
  }
}
