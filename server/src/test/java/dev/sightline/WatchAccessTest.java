package dev.sightline;

import static dev.sightline.CheckConversation.question;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.auth.TestServer;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.CreateDashboardRequest;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.CreateTokenResponse;
import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.Level;
import dev.sightline.v1.RevokeTokenRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.Scope;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchOneWayRequest;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.WatchedOrganization;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may watch what, on two nodes that ask for tokens. */
@Timeout(120)
class WatchAccessTest {
  private static final TokenBinding ROOT =
      TokenBinding.newBuilder().setOrganizationId("root").build();
  private static final TokenBinding REALM = TokenBinding.newBuilder().setRealmId("root").build();
  private static final TokenBinding ALL = TokenBinding.newBuilder().setAll(true).build();
  private static final StartWatch.Builder OF_REALM = StartWatch.newBuilder().setRealmId("root");
  private static final StartWatch.Builder OF_ALL = StartWatch.newBuilder().setEverything(true);

  private static TestService service;
  private static Server one;
  private static Server other;
  private static ManagedChannel toOne;
  private static ManagedChannel toOther;
  private static Channel operator;

  @BeforeAll
  static void start() {
    service = TestService.start();
    one = Server.start(service.serving(DatabaseClock.measured(), 0).withTokens());
    other = Server.start(service.serving(DatabaseClock.measured(), 0).withTokens());
    toOne = TestService.Node.channel(one.port());
    toOther = TestService.Node.channel(other.port());
    operator = holding(toOne, Objects.requireNonNull(one.firstToken()).reveal());
    create("root", "");
    create("portal", "root");
    create("other", "");
  }

  @AfterAll
  static void stop() {
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

  private static CreateTokenResponse token(TokenBinding binding, Scope... scopes) {
    return TokenServiceGrpc.newBlockingStub(operator)
        .createToken(
            CreateTokenRequest.newBuilder()
                .setName("test")
                .addAllScopes(Set.of(scopes))
                .setBinding(binding)
                .build());
  }

  private static void revoke(CreateTokenResponse token) {
    var _ =
        TokenServiceGrpc.newBlockingStub(operator)
            .revokeToken(
                RevokeTokenRequest.newBuilder().setTokenId(token.getToken().getId()).build());
  }

  private static Watching watch(TokenBinding binding, StartWatch.Builder start) {
    return Watching.open(
        holding(toOne, token(binding, Scope.SCOPE_WATCH).getSecret()), start.build());
  }

  private static void assertWatches(
      TokenBinding binding, StartWatch.Builder start, String... organizations) throws Exception {
    try (Watching watching = watch(binding, start)) {
      Set<String> started = new TreeSet<>();
      watching.untilNow().forEach(event -> started.add(event.getStarted().getOrganizationId()));
      assertEquals(new TreeSet<>(Set.of(organizations)), started);
    }
  }

  private static void assertNotAllowed(TokenBinding binding, StartWatch.Builder start)
      throws Exception {
    try (Watching watching = watch(binding, start)) {
      assertEnded(Status.Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED", watching.refused());
    }
  }

  private static void assertEnded(Status.Code code, String reason, StatusRuntimeException ended) {
    assertEquals(code + " " + reason, ended.getStatus().getCode() + " " + Refusals.reason(ended));
  }

  private static StartWatch.Builder of(String... organizations) {
    StartWatch.Builder start = StartWatch.newBuilder();
    for (String organization : organizations) {
      start.addOrganizations(WatchedOrganization.newBuilder().setOrganizationId(organization));
    }
    return start;
  }

  @Test
  void a_token_of_one_organization_watches_that_one_and_nothing_else() throws Exception {
    assertWatches(ROOT, of("root"), "root");
    assertNotAllowed(ROOT, of("portal"));
    assertNotAllowed(ROOT, of("root", "other"));
    assertNotAllowed(ROOT, of("unknown"));
    assertNotAllowed(ROOT, OF_REALM);
    assertNotAllowed(ROOT, OF_ALL);
  }

  @Test
  void a_realms_token_watches_what_is_under_its_root_by_name_or_whole() throws Exception {
    assertWatches(REALM, of("root", "portal"), "root", "portal");
    assertWatches(REALM, OF_REALM, "root", "portal");
    assertNotAllowed(REALM, of("portal", "other"));
    assertNotAllowed(REALM, StartWatch.newBuilder().setRealmId("portal"));
    assertNotAllowed(REALM, StartWatch.newBuilder().setRealmId("other"));
    assertNotAllowed(REALM, OF_ALL);
  }

  @Test
  void a_token_for_all_watches_everything() throws Exception {
    assertWatches(ALL, of("portal", "other"), "portal", "other");
    assertWatches(ALL, OF_REALM, "root", "portal");
    assertWatches(ALL, OF_ALL, "root", "portal", "other");
  }

  /** What is named besides a realm comes no further than the realm. */
  @Test
  void naming_an_organization_besides_a_realm_does_not_lead_out_of_it() throws Exception {
    List<WatchEvent> told = told(of("other").setRealmId("root"));
    List<WatchEvent> toldOfNothing = told(of("nowhere").setRealmId("root"));
    assertEquals(told.size(), toldOfNothing.size(), "the same as of what never was");
    for (List<WatchEvent> events : List.of(told, toldOfNothing)) {
      WatchEvent first = events.getFirst();
      assertTrue(first.hasResync() && first.getResync().getCursor().isEmpty(), first::toString);
      assertTrue(
          events.stream()
              .filter(WatchEvent::hasStarted)
              .noneMatch(event -> event.getStarted().getOrganizationId().equals("other")));
    }
  }

  private static List<WatchEvent> told(StartWatch.Builder start) throws Exception {
    try (Watching watching = watch(REALM, start)) {
      return watching.untilNow().stream()
          .sorted(Comparator.comparing(event -> !event.hasResync()))
          .toList();
    }
  }

  @Test
  void a_token_without_the_scope_watches_nothing() throws Exception {
    String others = token(ALL, Scope.SCOPE_CHECK, Scope.SCOPE_MANAGE).getSecret();
    Channel channel = holding(toOne, others);
    try (Watching watching = Watching.open(channel, of("root").build())) {
      assertEnded(Status.Code.PERMISSION_DENIED, "CALLER_NOT_ALLOWED", watching.refused());
    }
    Refusals.assertRefused(
        Status.Code.PERMISSION_DENIED,
        "CALLER_NOT_ALLOWED",
        () ->
            WatchServiceGrpc.newBlockingStub(channel)
                .watchOneWay(WatchOneWayRequest.newBuilder().setStart(of("root")).build())
                .next());
    try (Watching watching = Watching.open(toOne, of("root").build())) {
      assertEnded(Status.Code.UNAUTHENTICATED, "NOT_AUTHENTICATED", watching.refused());
    }
  }

  @Test
  void a_revoked_token_ends_its_watch_and_what_happens_afterwards_is_not_told() throws Exception {
    CreateTokenResponse token = token(ROOT, Scope.SCOPE_WATCH);
    try (Watching watching = Watching.open(holding(toOne, token.getSecret()), of("root").build());
        Watching stays = watch(ROOT, of("root"))) {
      watching.started();
      stays.started();
      revoke(token);
      dashboard("after-revocation");
      assertEnded(Status.Code.UNAUTHENTICATED, "NOT_AUTHENTICATED", watching.refused());
      assertEquals(0, watching.unclaimed(), "nothing is told to whom may not hear it");
      assertEquals(
          List.of("ada after-revocation NONE->OWNER"), stays.changesUntilNow(), "others go on");
    }
  }

  @Test
  void a_revoked_token_ends_its_watch_on_the_node_that_did_not_revoke_it() throws Exception {
    CreateTokenResponse token = token(REALM, Scope.SCOPE_WATCH);
    try (Watching watching = Watching.open(holding(toOther, token.getSecret()), OF_REALM.build())) {
      watching.untilNow();
      revoke(token);
      assertEnded(Status.Code.UNAUTHENTICATED, "NOT_AUTHENTICATED", watching.refused());
    }
  }

  @Test
  void a_revoked_token_ends_its_stream_of_checks_though_nothing_is_asked() {
    CreateTokenResponse token = token(ROOT, Scope.SCOPE_CHECK);
    CheckConversation idle = CheckConversation.on(holding(toOne, token.getSecret()));
    assertFalse(idle.answer(question(1, "root", "ada", "d")).hasError());
    revoke(token);
    assertEnded(Status.Code.UNAUTHENTICATED, "NOT_AUTHENTICATED", idle.closed());
  }

  private static void dashboard(String id) {
    var _ =
        DashboardServiceGrpc.newBlockingStub(operator)
            .createDashboard(
                CreateDashboardRequest.newBuilder()
                    .setOrganizationId("root")
                    .setActor(Orgs.actor("ada"))
                    .setDashboardId(id)
                    .setName(id)
                    .setCompanyDefault(Level.LEVEL_NONE)
                    .build());
  }
}
