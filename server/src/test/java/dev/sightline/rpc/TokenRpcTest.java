package dev.sightline.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import dev.sightline.auth.Binding;
import dev.sightline.auth.Scope;
import dev.sightline.auth.TestServer;
import dev.sightline.auth.TokenFacts;
import dev.sightline.auth.TokenText;
import dev.sightline.cache.RollCall;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AwaitTokenEverywhereRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.CreateTokenResponse;
import dev.sightline.v1.ListTokensRequest;
import dev.sightline.v1.RevokeTokenRequest;
import dev.sightline.v1.Spread;
import dev.sightline.v1.Token;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import dev.sightline.v1.TokenServiceGrpc.TokenServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TokenRpcTest {
  private static final Actor ADMIN = Actor.newBuilder().setUserId("admin").build();
  private static final Actor ANALYST = Actor.newBuilder().setUserId("analyst").build();
  private static final dev.sightline.v1.Scope CHECK = dev.sightline.v1.Scope.SCOPE_CHECK;
  private static final dev.sightline.v1.Scope WATCH = dev.sightline.v1.Scope.SCOPE_WATCH;
  private static final dev.sightline.v1.Scope SUPPORT = dev.sightline.v1.Scope.SCOPE_SUPPORT;
  private static final dev.sightline.v1.Scope OPERATE = dev.sightline.v1.Scope.SCOPE_OPERATE;
  private static final Binding ACME = new Binding.OneOrganization(new OrganizationId("acme"));

  private final TestServer server = new TestServer();

  @BeforeEach
  void serve() {
    server.realms.put("acme", "acme");
    server.realms.put("portal", "acme");
    server.realms.put("other", "other");
    ActorCheck onlyAdmin =
        (_, actor) ->
            CompletableFuture.completedFuture(
                actor.getUserId().equals("admin")
                    ? null
                    : Refusal.of(Reason.ROLE_REQUIRED, "This is for an ADMIN."));
    server.serve(new TokenRpc(server.administration, this::everywhere, onlyAdmin));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private RollCall.Spread everywhere(TokenFacts revoked, long until) {
    assertNotNull(revoked.revokedAt());
    return new RollCall.Spread(RollCall.Ended.NOT_YET, 3, 1, until - System.nanoTime());
  }

  private TokenServiceBlockingStub holding(TokenText token) {
    return TestServer.with(token, TokenServiceGrpc.newBlockingStub(server.channel()));
  }

  private TokenServiceBlockingStub operator() {
    return holding(server.token(Binding.ALL, Scope.values()));
  }

  private TokenServiceBlockingStub manager() {
    return holding(server.token(ACME, Scope.MANAGE, Scope.CHECK, Scope.SUPPORT));
  }

  private static CreateTokenRequest.Builder asking(String organization) {
    return CreateTokenRequest.newBuilder()
        .setName("digests")
        .addScopes(CHECK)
        .setBinding(TokenBinding.newBuilder().setOrganizationId(organization));
  }

  private static void assertRefused(Reason reason, Executable call) {
    var refusal = assertThrows(StatusRuntimeException.class, call);
    try {
      var info = TestServer.status(refusal).getDetails(0).unpack(ErrorInfo.class);
      assertEquals(reason.name(), info.getReason(), refusal.getMessage());
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_operator_makes_a_token_that_works_and_is_listed_without_its_secret() {
    CreateTokenResponse made =
        operator()
            .createToken(asking("acme").addScopes(OPERATE).setExpiresInMicros(60_000_000).build());
    Token token = made.getToken();
    assertTrue(made.getSecret().startsWith("sl_" + token.getId() + "_"));
    assertEquals(60_000_000, token.getExpiresAtMicros() - token.getCreatedAtMicros());
    List<Token> listed =
        operator()
            .listTokens(ListTokensRequest.newBuilder().setOrganizationId("acme").build())
            .getTokensList();
    assertTrue(listed.contains(token));
    String secret = made.getSecret().substring(made.getSecret().lastIndexOf('_') + 1);
    assertFalse(listed.toString().contains(secret));
    var withIt =
        TestServer.presenting(
            "Bearer " + made.getSecret(), TokenServiceGrpc.newBlockingStub(server.channel()));
    assertRefused(
        Reason.CALLER_NOT_ALLOWED,
        () -> withIt.createToken(asking("acme").setActor(ADMIN).build()));
  }

  @Test
  void an_operator_gives_no_scope_that_it_does_not_hold() {
    var stub = holding(server.token(Binding.ALL, Scope.OPERATE));
    assertRefused(Reason.CALLER_NOT_ALLOWED, () -> stub.createToken(asking("acme").build()));
  }

  @Test
  void an_admin_makes_tokens_for_the_own_organization_with_scopes_the_caller_holds() {
    var stub = manager();
    Token token = stub.createToken(asking("acme").setActor(ADMIN).build()).getToken();
    assertEquals("acme", token.getBinding().getOrganizationId());
    var list = ListTokensRequest.newBuilder().setActor(ADMIN).build();
    assertTrue(stub.listTokens(list).getTokensList().contains(token));
    var ask = asking("acme").setActor(ADMIN);
    assertRefused(
        Reason.CALLER_NOT_ALLOWED, () -> stub.createToken(ask.clone().addScopes(OPERATE).build()));
    assertRefused(
        Reason.CALLER_NOT_ALLOWED, () -> stub.createToken(ask.clone().addScopes(WATCH).build()));
    assertRefused(
        Reason.CALLER_NOT_ALLOWED, () -> stub.createToken(ask.clone().addScopes(SUPPORT).build()));
    for (String outside : new String[] {"portal", "other", "unknown"}) {
      assertRefused(
          Reason.CALLER_NOT_ALLOWED,
          () -> stub.createToken(asking(outside).setActor(ADMIN).build()));
    }
    var all = TokenBinding.newBuilder().setAll(true);
    var realm = TokenBinding.newBuilder().setRealmId("acme");
    assertRefused(
        Reason.CALLER_NOT_ALLOWED, () -> stub.createToken(ask.clone().setBinding(all).build()));
    assertRefused(
        Reason.CALLER_NOT_ALLOWED, () -> stub.createToken(ask.clone().setBinding(realm).build()));
  }

  @Test
  void whoever_is_no_admin_or_names_nobody_gets_nothing() {
    var stub = manager();
    Token token = operator().createToken(asking("acme").build()).getToken();
    var revoke = RevokeTokenRequest.newBuilder().setTokenId(token.getId());
    assertRefused(
        Reason.ROLE_REQUIRED, () -> stub.createToken(asking("acme").setActor(ANALYST).build()));
    assertRefused(
        Reason.ROLE_REQUIRED,
        () -> stub.listTokens(ListTokensRequest.newBuilder().setActor(ANALYST).build()));
    assertRefused(
        Reason.ROLE_REQUIRED, () -> stub.revokeToken(revoke.clone().setActor(ANALYST).build()));
    assertRefused(Reason.MALFORMED_REQUEST, () -> stub.createToken(asking("acme").build()));
    assertRefused(
        Reason.MALFORMED_REQUEST, () -> stub.listTokens(ListTokensRequest.getDefaultInstance()));
    assertRefused(Reason.MALFORMED_REQUEST, () -> stub.revokeToken(revoke.build()));
  }

  @Test
  void a_revoked_token_is_over_and_the_tokens_of_others_are_as_good_as_not_there() {
    var stub = manager();
    TokenText own = server.token(ACME, Scope.MANAGE);
    TokenText foreign =
        server.token(new Binding.OneOrganization(new OrganizationId("other")), Scope.CHECK);
    TokenText wider = server.token(Binding.ALL, Scope.OPERATE);
    var revoke = RevokeTokenRequest.newBuilder().setActor(ADMIN);
    for (String id : List.of(foreign.id(), wider.id(), "unknown")) {
      assertRefused(
          Reason.TOKEN_NOT_FOUND, () -> stub.revokeToken(revoke.clone().setTokenId(id).build()));
    }
    var request = revoke.setTokenId(own.id()).build();
    Token revoked = stub.revokeToken(request).getToken();
    assertTrue(revoked.getRevokedAtMicros() > 0);
    assertEquals(revoked, stub.revokeToken(request).getToken());
    assertRefused(
        Reason.NOT_AUTHENTICATED,
        () -> holding(own).listTokens(ListTokensRequest.newBuilder().setActor(ADMIN).build()));
  }

  @Test
  void whether_a_token_is_refused_everywhere_is_told_once_it_was_revoked_to_who_may_revoke_it() {
    var stub = manager();
    TokenText own = server.token(ACME, Scope.CHECK);
    TokenText foreign =
        server.token(new Binding.OneOrganization(new OrganizationId("other")), Scope.CHECK);
    var ask = AwaitTokenEverywhereRequest.newBuilder().setTokenId(own.id()).setActor(ADMIN);
    assertRefused(Reason.TOKEN_NOT_REVOKED, () -> stub.awaitTokenEverywhere(ask.build()));
    var revoke = RevokeTokenRequest.newBuilder().setTokenId(own.id()).setActor(ADMIN);
    assertTrue(stub.revokeToken(revoke.build()).getToken().getRevokedAtMicros() > 0);
    var known = stub.awaitTokenEverywhere(ask.setLongestWaitMicros(5_000_000).build()).getKnown();
    assertEquals(Spread.SPREAD_NOT_YET, known.getSpread());
    assertEquals(3, known.getNodes());
    assertEquals(1, known.getConfirmedNodes());
    assertTrue(known.getOverInMicros() <= 5_000_000, "waits for longer than was said");
    for (String id : List.of(foreign.id(), "unknown")) {
      assertRefused(
          Reason.TOKEN_NOT_FOUND,
          () -> stub.awaitTokenEverywhere(ask.clone().setTokenId(id).build()));
    }
    assertRefused(
        Reason.ROLE_REQUIRED,
        () -> stub.awaitTokenEverywhere(ask.clone().setActor(ANALYST).build()));
    assertRefused(
        Reason.OUT_OF_RANGE,
        () -> stub.awaitTokenEverywhere(ask.clone().setLongestWaitMicros(-1).build()));
    assertRefused(
        Reason.MALFORMED_ID,
        () -> stub.awaitTokenEverywhere(ask.clone().setTokenId("no id").build()));
    assertRefused(
        Reason.TOKEN_NOT_FOUND,
        () ->
            operator()
                .awaitTokenEverywhere(ask.clone().clearActor().setTokenId("unknown").build()));
  }

  @Test
  void what_no_state_could_make_valid_is_refused_first() {
    var stub = operator();
    var unbound = asking("acme").clearBinding();
    assertRefused(Reason.OUT_OF_RANGE, () -> stub.createToken(asking("acme").setName("").build()));
    assertRefused(
        Reason.OUT_OF_RANGE,
        () -> stub.createToken(asking("acme").setName("x".repeat(201)).build()));
    assertRefused(
        Reason.OUT_OF_RANGE, () -> stub.createToken(asking("acme").setExpiresInMicros(-1).build()));
    assertRefused(
        Reason.MALFORMED_REQUEST, () -> stub.createToken(asking("acme").clearScopes().build()));
    assertRefused(
        Reason.UNKNOWN_ENUM_VALUE,
        () -> stub.createToken(asking("acme").addScopesValue(99).build()));
    assertRefused(Reason.MALFORMED_REQUEST, () -> stub.createToken(unbound.build()));
    assertRefused(Reason.MALFORMED_ID, () -> stub.createToken(asking("no id").build()));
    assertRefused(Reason.ORGANIZATION_NOT_FOUND, () -> stub.createToken(asking("none").build()));
    var portal = TokenBinding.newBuilder().setRealmId("portal");
    assertRefused(
        Reason.ORGANIZATION_NOT_FOUND,
        () -> stub.createToken(unbound.clone().setBinding(portal).build()));
  }
}
