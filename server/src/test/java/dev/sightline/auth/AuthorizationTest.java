package dev.sightline.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.sightline.model.OrganizationId;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoServiceGrpc;
import dev.sightline.v1.EchoServiceGrpc.EchoServiceBlockingStub;
import dev.sightline.v1.ExportRequest;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthorizationTest {
  private static final Binding ACME = new Binding.OneOrganization(new OrganizationId("acme"));
  private static final Binding REALM = new Binding.Realm(new OrganizationId("root"));

  private final TinyServices.Echo echo = new TinyServices.Echo();
  private final TestServer server =
      new TestServer().serve(echo, new TinyServices.Transfer(), new TinyServices.Streaming());
  private final EchoServiceBlockingStub anybody = EchoServiceGrpc.newBlockingStub(server.channel());

  @AfterEach
  void close() {
    server.close();
  }

  private static EchoRequest about(String organization) {
    return EchoRequest.newBuilder().setOrganizationId(organization).build();
  }

  private EchoServiceBlockingStub holding(TokenText token) {
    return TestServer.with(token, anybody);
  }

  private static StatusRuntimeException refused(EchoServiceBlockingStub stub, String about) {
    return assertThrows(StatusRuntimeException.class, () -> stub.echo(about(about)));
  }

  private static String reason(StatusRuntimeException refusal) {
    Status status = TestServer.status(refusal);
    try {
      return status.getDetails(0).unpack(ErrorInfo.class).getReason();
    } catch (Exception e) {
      throw new AssertionError(refusal.toString(), e);
    }
  }

  @Test
  void a_token_with_the_scope_and_the_organization_is_let_in_and_the_service_knows_the_caller() {
    TokenText token = server.token(ACME, Scope.CHECK);
    assertTrue(holding(token).echo(about("acme")).getAllowed());
    assertEquals(List.of(new Caller(token.id(), Scopes.of(Scope.CHECK), ACME)), echo.callers);
  }

  @Test
  void a_known_token_is_not_read_again() {
    TokenText token = server.token(ACME, Scope.CHECK);
    for (int i = 0; i < 100; i++) {
      holding(token).echo(about("acme"));
    }
    assertEquals(1, server.readings.get());
  }

  @Test
  void whatever_is_wrong_with_a_token_the_words_are_the_same() {
    TokenText ended = server.token(ACME, Duration.ofSeconds(10), Scope.CHECK);
    TokenText revoked = server.token(ACME, Scope.CHECK);
    TokenText good = server.token(ACME, Scope.CHECK);
    holding(ended).echo(about("acme"));
    holding(good).echo(about("acme"));
    server.administration.revoke(revoked.id());
    server.clock.advance(Duration.ofSeconds(10));
    String secret = good.reveal();
    String otherEnd = secret.endsWith("A") ? "B" : "A";
    var wrong =
        List.of(
            "Bearer " + ended.reveal(),
            "Bearer " + revoked.reveal(),
            "Bearer " + TokenText.draw(new SecureRandom()).reveal(),
            "Bearer " + secret.substring(0, secret.length() - 1) + otherEnd,
            "Bearer " + secret + "A",
            "Bearer  " + secret,
            "Bearer",
            "Bearer ",
            "Bearer x",
            "Basic " + secret,
            secret,
            "Bearer sl_" + "é".repeat(3),
            "Bearer " + "x".repeat(5_000));
    Set<String> words = new HashSet<>();
    for (String authorization : wrong) {
      var refusal = refused(TestServer.presenting(authorization, anybody), "acme");
      assertEquals("NOT_AUTHENTICATED", reason(refusal), authorization);
      words.add(TestServer.status(refusal).toString());
    }
    words.add(TestServer.status(refused(anybody, "acme")).toString());
    assertEquals(1, words.size(), words.toString());
    assertEquals(2, echo.heard.size());
  }

  @Test
  void a_scope_that_is_not_held_is_refused_and_named() {
    var refusal = refused(holding(server.token(Binding.ALL, Scope.MANAGE)), "acme");
    assertEquals("CALLER_NOT_ALLOWED", reason(refusal));
    assertTrue(String.valueOf(refusal.getMessage()).contains("CHECK"), refusal.getMessage());
    assertTrue(echo.heard.isEmpty());
  }

  @Test
  void an_organization_outside_of_the_binding_is_refused_whether_it_exists_or_not() {
    server.realms.put("other", "other");
    var bound = holding(server.token(ACME, Scope.CHECK));
    var existing = refused(bound, "other");
    var unknown = refused(bound, "nobody");
    assertEquals("CALLER_NOT_ALLOWED", reason(existing));
    assertEquals(
        String.valueOf(existing.getMessage()),
        String.valueOf(unknown.getMessage()).replace("nobody", "other"));
    assertEquals("CALLER_NOT_ALLOWED", reason(refused(bound, "")));
    assertEquals("CALLER_NOT_ALLOWED", reason(refused(bound, "x".repeat(100_000))));
    assertTrue(echo.heard.isEmpty());
  }

  @Test
  void a_realm_reaches_its_root_and_all_under_it_and_nothing_else() {
    server.realms.put("root", "root");
    server.realms.put("portal", "root");
    server.realms.put("other", "other");
    var bound = holding(server.token(REALM, Scope.CHECK));
    bound.echo(about("root"));
    bound.echo(about("portal"));
    assertEquals("CALLER_NOT_ALLOWED", reason(refused(bound, "other")));
    assertEquals("CALLER_NOT_ALLOWED", reason(refused(bound, "unknown")));
    assertEquals("CALLER_NOT_ALLOWED", reason(refused(bound, "not an id")));
    assertEquals(List.of("root", "portal"), echo.heard);
  }

  @Test
  void a_realm_that_is_not_at_hand_is_waited_for() {
    server.realms.slow("late").completeAsync(() -> new OrganizationId("root"));
    server.realms.slow("strange").completeAsync(() -> new OrganizationId("other"));
    server.realms.slow("broken").completeExceptionally(new IllegalStateException("cut off"));
    var bound = holding(server.token(REALM, Scope.CHECK));
    bound.echo(about("late"));
    assertEquals("CALLER_NOT_ALLOWED", reason(refused(bound, "strange")));
    assertEquals("STORE_UNAVAILABLE", reason(refused(bound, "broken")));
    assertEquals(List.of("late"), echo.heard);
  }

  @Test
  void a_call_about_no_single_organization_needs_a_token_for_all() {
    var transfer = TransferServiceGrpc.newBlockingStub(server.channel());
    var bound = TestServer.with(server.token(ACME, Scope.OPERATE), transfer);
    var refusal =
        assertThrows(
            StatusRuntimeException.class,
            () -> bound.export(ExportRequest.getDefaultInstance()).hasNext());
    assertEquals("CALLER_NOT_ALLOWED", reason(refusal));
    var all = TestServer.with(server.token(Binding.ALL, Scope.OPERATE), transfer);
    assertFalse(all.export(ExportRequest.getDefaultInstance()).hasNext());
  }

  @Test
  void health_is_open_to_everybody() {
    HealthGrpc.newBlockingStub(server.channel()).check(HealthCheckRequest.getDefaultInstance());
  }

  @Test
  void a_revoked_token_is_refused_from_the_return_of_its_revocation_on() {
    TokenText token = server.token(ACME, Scope.CHECK);
    holding(token).echo(about("acme"));
    server.administration.revoke(token.id());
    assertEquals("NOT_AUTHENTICATED", reason(refused(holding(token), "acme")));
  }

  @Test
  void a_token_revoked_on_another_node_is_refused_once_the_epoch_is_proved() throws Exception {
    TokenText token = server.token(ACME, Scope.CHECK);
    holding(token).echo(about("acme"));
    server.database.tokens().revoke(token.id(), server.clock.instant());
    server.epochs.proveNow().toCompletableFuture().get();
    assertEquals("NOT_AUTHENTICATED", reason(refused(holding(token), "acme")));
  }

  @Test
  void an_old_proof_is_renewed_before_a_known_token_counts() {
    TokenText token = server.token(ACME, Scope.CHECK);
    holding(token).echo(about("acme"));
    server.database.tokens().revoke(token.id(), server.clock.instant());
    server.epochs.growOld();
    assertEquals("NOT_AUTHENTICATED", reason(refused(holding(token), "acme")));
  }

  @Test
  void without_a_fresh_proof_nobody_is_let_in() {
    TokenText token = server.token(ACME, Scope.CHECK);
    holding(token).echo(about("acme"));
    server.epochs.cutOff();
    var refusal = refused(holding(token), "acme");
    assertEquals(Code.UNAVAILABLE, refusal.getStatus().getCode());
    assertEquals(1, echo.heard.size());
  }

  @Test
  void a_change_of_another_token_makes_a_known_one_be_read_once_more() throws Exception {
    TokenText token = server.token(ACME, Scope.CHECK);
    holding(token).echo(about("acme"));
    server.token(ACME, Scope.CHECK);
    server.epochs.proveNow().toCompletableFuture().get();
    holding(token).echo(about("acme"));
    holding(token).echo(about("acme"));
    assertEquals(2, server.readings.get());
  }

  @Test
  void insecure_local_is_refused_on_an_address_that_others_reach() throws Exception {
    var outside = java.net.InetAddress.getByName("0.0.0.0");
    assertThrows(IllegalArgumentException.class, () -> new LocalAuthentication(outside));
    var local = new LocalAuthentication(java.net.InetAddress.getLoopbackAddress());
    assertEquals(new Identity.Known(Caller.LOCAL), local.ifKnown(null));
  }
}
