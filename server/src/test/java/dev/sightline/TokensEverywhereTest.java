package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.auth.TestServer;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.AwaitEverywhereResponse;
import dev.sightline.v1.AwaitTokenEverywhereRequest;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.CreateTokenResponse;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.RevokeTokenRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.Scope;
import dev.sightline.v1.Spread;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When nobody is let in with a revoked token any more, on two nodes. */
@Timeout(120)
class TokensEverywhereTest {
  private static final String ORGANIZATION = "acme";
  private static final Duration BOUND = Duration.ofSeconds(3);

  private TestService service;
  private Server one;
  private Server other;
  private ManagedChannel toOne;
  private ManagedChannel toOther;
  private Channel operator;

  @BeforeEach
  void start() {
    service = TestService.start(BOUND);
    one = Server.start(service.serving(DatabaseClock.measured(), 0).withTokens());
    other = Server.start(service.serving(DatabaseClock.measured(), 0).withTokens());
    toOne = TestService.Node.channel(one.port());
    toOther = TestService.Node.channel(other.port());
    operator = holding(toOne, Objects.requireNonNull(one.firstToken()).reveal());
    var _ =
        DirectoryServiceGrpc.newBlockingStub(operator)
            .createOrganization(
                CreateOrganizationRequest.newBuilder()
                    .setOrganizationId(ORGANIZATION)
                    .setName(ORGANIZATION)
                    .setAdmin(Orgs.newUser("ada", Role.ROLE_ADMIN))
                    .build());
    // A node that has registered just now confirms nothing.
    assertEquals(Spread.SPREAD_LAPSED, revokedEverywhere(token()).getSpread());
  }

  @AfterEach
  void stop() {
    toOne.shutdownNow();
    toOther.shutdownNow();
    one.close();
    other.close();
    service.close();
  }

  private static Channel holding(Channel channel, String token) {
    return TestServer.presenting("Bearer " + token, AccessServiceGrpc.newBlockingStub(channel))
        .getChannel();
  }

  private CreateTokenResponse token() {
    return TokenServiceGrpc.newBlockingStub(operator)
        .createToken(
            CreateTokenRequest.newBuilder()
                .setName("test")
                .addScopes(Scope.SCOPE_CHECK)
                .addScopes(Scope.SCOPE_WATCH)
                .setBinding(TokenBinding.newBuilder().setOrganizationId(ORGANIZATION))
                .build());
  }

  private void revoke(CreateTokenResponse token) {
    var _ =
        TokenServiceGrpc.newBlockingStub(operator)
            .revokeToken(
                RevokeTokenRequest.newBuilder().setTokenId(token.getToken().getId()).build());
  }

  private AwaitEverywhereResponse await(CreateTokenResponse token, long longestMicros) {
    return TokenServiceGrpc.newBlockingStub(operator)
        .awaitTokenEverywhere(
            AwaitTokenEverywhereRequest.newBuilder()
                .setTokenId(token.getToken().getId())
                .setLongestWaitMicros(longestMicros)
                .build())
        .getKnown();
  }

  private AwaitEverywhereResponse revokedEverywhere(CreateTokenResponse token) {
    revoke(token);
    return await(token, 0);
  }

  private static void check(Channel channel, CreateTokenResponse token) {
    var _ =
        AccessServiceGrpc.newBlockingStub(holding(channel, token.getSecret()))
            .canView(
                CanViewRequest.newBuilder()
                    .setOrganizationId(ORGANIZATION)
                    .setUserId("ada")
                    .setDashboardId("d")
                    .build());
  }

  private static void assertRefused(Channel channel, CreateTokenResponse token) {
    var refused = assertThrows(StatusRuntimeException.class, () -> check(channel, token));
    assertEquals(Status.Code.UNAUTHENTICATED, refused.getStatus().getCode());
  }

  @Test
  void no_node_lets_in_with_it_once_all_have_confirmed() {
    for (int i = 0; i < 10; i++) {
      CreateTokenResponse token = token();
      check(toOne, token);
      check(toOther, token);
      AwaitEverywhereResponse known = revokedEverywhere(token);
      assertRefused(toOther, token);
      assertRefused(toOne, token);
      assertEquals(Spread.SPREAD_CONFIRMED, known.getSpread(), known::toString);
      assertEquals(2, known.getNodes());
      assertEquals(2, known.getConfirmedNodes());
      assertTrue(known.getWaitedMicros() < TimeUnit.SECONDS.toMicros(1), known::toString);
    }
  }

  @Test
  void who_has_watched_with_it_may_hold_answers_until_the_bound_has_passed() throws Exception {
    CreateTokenResponse token = token();
    try (Watching watching =
        Watching.open(
            holding(toOther, token.getSecret()),
            Watching.of(ORGANIZATION).setHoldsAnswers(true).build())) {
      watching.started();
      watching.heartbeat(new ArrayList<>());
      revoke(token);
      long begin = System.nanoTime();
      AwaitEverywhereResponse notYet = await(token, 500_000);
      assertEquals(Spread.SPREAD_NOT_YET, notYet.getSpread(), notYet::toString);
      assertEquals(1, notYet.getConfirmedNodes());
      assertTrue(notYet.getOverInMicros() > 0);
      StatusRuntimeException ended = watching.refused();
      assertEquals(Status.Code.UNAUTHENTICATED, ended.getStatus().getCode());
      AwaitEverywhereResponse known = await(token, 0);
      assertTrue(System.nanoTime() - begin >= BOUND.minusMillis(500).toNanos(), "too early");
      assertNotEquals(Spread.SPREAD_NOT_YET, known.getSpread());
      // By then nobody has heard anything for so long, and it is known at once.
      AwaitEverywhereResponse again = await(token, 0);
      assertEquals(Spread.SPREAD_CONFIRMED, again.getSpread(), again::toString);
      assertTrue(again.getWaitedMicros() < TimeUnit.SECONDS.toMicros(1), again::toString);
    }
  }
}
