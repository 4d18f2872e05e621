package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static io.grpc.Status.Code.NOT_FOUND;
import static io.grpc.Status.Code.PERMISSION_DENIED;
import static io.grpc.Status.Code.UNAUTHENTICATED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.auth.TestServer;
import dev.sightline.cache.DatabaseClock;
import dev.sightline.cache.GraphLoader;
import dev.sightline.cache.Graphs;
import dev.sightline.cache.Lease;
import dev.sightline.cache.Staleness;
import dev.sightline.change.AgentFacts;
import dev.sightline.change.Change;
import dev.sightline.change.GrantFacts;
import dev.sightline.command.Decision;
import dev.sightline.command.Outcome;
import dev.sightline.command.Writes;
import dev.sightline.model.GrantId;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.SupportRole;
import dev.sightline.model.UserId;
import dev.sightline.store.Author;
import dev.sightline.store.Database;
import dev.sightline.v1.Actor;
import dev.sightline.v1.AddUserRequest;
import dev.sightline.v1.AuditFormat;
import dev.sightline.v1.AuditHead;
import dev.sightline.v1.AuditServiceGrpc;
import dev.sightline.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.DirectoryServiceGrpc.DirectoryServiceBlockingStub;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.ErasePersonalDataRequest;
import dev.sightline.v1.ExportAuditRequest;
import dev.sightline.v1.GetAuditHeadRequest;
import dev.sightline.v1.ListAuditHeadsRequest;
import dev.sightline.v1.Role;
import dev.sightline.v1.Scope;
import dev.sightline.v1.SearchAuditRequest;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import dev.sightline.v1.VerifyAuditRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The log is for ADMINs of its organization and for operators; for nobody else, whatever is asked.
 */
@Timeout(120)
class AuditAccessTest {
  private static final TokenBinding ACME =
      TokenBinding.newBuilder().setOrganizationId("acme").build();
  private static final TokenBinding REALM = TokenBinding.newBuilder().setRealmId("acme").build();
  private static final TokenBinding ALL = TokenBinding.newBuilder().setAll(true).build();
  private static final String AGENT = "support:eve";

  /** Every call about one organization's log, by organization and actor. */
  private static final List<Call> CALLS =
      List.of(
          (audit, organization, actor) -> {
            var request = SearchAuditRequest.newBuilder().setOrganizationId(organization);
            var _ =
                audit.searchAudit(
                    actor == null ? request.build() : request.setActor(actor).build());
          },
          (audit, organization, actor) -> {
            var request =
                ExportAuditRequest.newBuilder()
                    .setOrganizationId(organization)
                    .setFormat(AuditFormat.AUDIT_FORMAT_JSON_LINES);
            audit
                .exportAudit(actor == null ? request.build() : request.setActor(actor).build())
                .forEachRemaining(_ -> {});
          },
          (audit, organization, actor) -> {
            var request = VerifyAuditRequest.newBuilder().setOrganizationId(organization);
            audit
                .verifyAudit(actor == null ? request.build() : request.setActor(actor).build())
                .forEachRemaining(_ -> {});
          },
          (audit, organization, actor) -> {
            var request =
                ErasePersonalDataRequest.newBuilder()
                    .setOrganizationId(organization)
                    .setUserId("gone");
            var _ =
                audit.erasePersonalData(
                    actor == null ? request.build() : request.setActor(actor).build());
          },
          (audit, organization, actor) -> {
            var request = GetAuditHeadRequest.newBuilder().setOrganizationId(organization);
            var _ =
                audit.getAuditHead(
                    actor == null ? request.build() : request.setActor(actor).build());
          });

  private static TestService service;
  private static Server server;
  private static ManagedChannel channel;
  private static String operator;

  @FunctionalInterface
  private interface Call {
    void make(AuditServiceBlockingStub audit, String organization, @Nullable Actor actor);
  }

  @BeforeAll
  static void start() {
    service = TestService.start();
    server = Server.start(service.serving(DatabaseClock.measured(), 0).withTokens());
    channel = TestService.Node.channel(server.port());
    operator = Objects.requireNonNull(server.firstToken()).reveal();
    create("acme", "");
    create("under", "acme");
    create("other", "");
    for (String organization : List.of("acme", "under", "other")) {
      add(organization, "ann", Role.ROLE_ANALYST);
      add(organization, "max", Role.ROLE_MANAGER);
      add(organization, "off", Role.ROLE_ADMIN);
      add(organization, "gone", Role.ROLE_ADMIN);
      var _ =
          directory()
              .disableUser(
                  DisableUserRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(Orgs.actor("ada"))
                      .setUserId("off")
                      .build());
      var _ =
          directory()
              .deleteUser(
                  DeleteUserRequest.newBuilder()
                      .setOrganizationId(organization)
                      .setActor(Orgs.actor("ada"))
                      .setUserId("gone")
                      .build());
    }
    letIn("acme");
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
    service.close();
  }

  private static DirectoryServiceBlockingStub directory() {
    return TestServer.presenting(
        "Bearer " + operator, DirectoryServiceGrpc.newBlockingStub(channel));
  }

  private static void create(String organization, String parent) {
    var _ =
        directory()
            .createOrganization(
                CreateOrganizationRequest.newBuilder()
                    .setOrganizationId(organization)
                    .setParentId(parent)
                    .setName(organization)
                    .setAdmin(Orgs.newUser("ada", Role.ROLE_ADMIN))
                    .build());
  }

  private static void add(String organization, String user, Role role) {
    var _ =
        directory()
            .addUser(
                AddUserRequest.newBuilder()
                    .setOrganizationId(organization)
                    .setActor(Orgs.actor("ada"))
                    .setUser(Orgs.newUser(user, role))
                    .build());
  }

  /** An agent with all that an agent can have. */
  private static void letIn(String organization) {
    var id = new OrganizationId(organization);
    var agent = new UserId(AGENT);
    try (Database database = Database.open(service.settings());
        Graphs graphs =
            new Graphs(
                new GraphLoader(database.organizations(), database.proofs()),
                new Staleness(Duration.ofSeconds(20)),
                DatabaseClock.measured(),
                Lease.UNLIMITED,
                1 << 24)) {
      var outcome =
          new Writes(database.organizations(), graphs)
              .submit(
                  id,
                  situation ->
                      Decision.accepted(
                          List.of(
                              new Change.AgentChanged(agent, null, new AgentFacts("Support")),
                              new Change.GrantChanged(
                                  new GrantId("g1"),
                                  null,
                                  new GrantFacts(
                                      new GrantFacts.Holder.Agent(agent),
                                      Set.of(SupportRole.ADMINISTRATOR),
                                      List.of(),
                                      situation.now(),
                                      null))),
                          ""),
                  new Author(null, null, "tests"),
                  (result, _) -> result,
                  null,
                  () -> false)
              .toCompletableFuture()
              .join();
      assertInstanceOf(Outcome.Done.class, outcome);
    }
  }

  private static AuditServiceBlockingStub holding(TokenBinding binding, Scope... scopes) {
    String secret =
        TestServer.presenting("Bearer " + operator, TokenServiceGrpc.newBlockingStub(channel))
            .createToken(
                CreateTokenRequest.newBuilder()
                    .setName("test")
                    .addAllScopes(Set.of(scopes))
                    .setBinding(binding)
                    .build())
            .getSecret();
    return TestServer.presenting("Bearer " + secret, AuditServiceGrpc.newBlockingStub(channel));
  }

  private static AuditServiceBlockingStub operating() {
    return TestServer.presenting("Bearer " + operator, AuditServiceGrpc.newBlockingStub(channel));
  }

  private static void assertAllRefused(
      Status.Code code,
      String reason,
      AuditServiceBlockingStub audit,
      String organization,
      @Nullable Actor actor) {
    BiConsumer<Call, Integer> one =
        (call, index) -> assertRefused(code, reason, () -> call.make(audit, organization, actor));
    for (int i = 0; i < CALLS.size(); i++) {
      one.accept(CALLS.get(i), i);
    }
  }

  @Test
  void an_admin_sees_the_log_and_operators_do() {
    AuditServiceBlockingStub service = holding(ACME, Scope.SCOPE_MANAGE);
    for (Call call : CALLS) {
      call.make(service, "acme", Orgs.actor("ada"));
      call.make(operating(), "acme", null);
      call.make(operating(), "under", Orgs.actor("ada"));
    }
  }

  @Test
  void whoever_is_no_admin_sees_nothing() {
    AuditServiceBlockingStub service = holding(ACME, Scope.SCOPE_MANAGE);
    for (String somebody : List.of("ann", "max", AGENT)) {
      assertAllRefused(PERMISSION_DENIED, "ROLE_REQUIRED", service, "acme", Orgs.actor(somebody));
      assertAllRefused(
          PERMISSION_DENIED, "ROLE_REQUIRED", operating(), "acme", Orgs.actor(somebody));
    }
    for (String nobody : List.of("off", "gone", "never", "support:sam")) {
      assertAllRefused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", service, "acme", Orgs.actor(nobody));
    }
    Actor foreign = Actor.newBuilder().setUserId("ada").setOrganizationId("other").build();
    assertAllRefused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", service, "acme", foreign);
    assertAllRefused(INVALID_ARGUMENT, "MALFORMED_ID", service, "acme", Orgs.actor("a b"));
  }

  @Test
  void an_admin_of_the_root_is_no_admin_of_what_is_under_it() {
    Actor ofRoot = Actor.newBuilder().setUserId("ada").setOrganizationId("acme").build();
    AuditServiceBlockingStub realm = holding(REALM, Scope.SCOPE_MANAGE);
    assertAllRefused(PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", realm, "under", ofRoot);
  }

  @Test
  void only_operators_leave_the_actor_out() {
    for (TokenBinding binding : List.of(ACME, REALM)) {
      for (Scope scope : List.of(Scope.SCOPE_MANAGE, Scope.SCOPE_OPERATE)) {
        assertAllRefused(
            INVALID_ARGUMENT, "MALFORMED_REQUEST", holding(binding, scope), "acme", null);
      }
    }
    assertAllRefused(
        INVALID_ARGUMENT, "MALFORMED_REQUEST", holding(ALL, Scope.SCOPE_MANAGE), "acme", null);
  }

  @Test
  void a_token_of_another_organization_or_scope_gets_nowhere() {
    Actor ada = Orgs.actor("ada");
    assertAllRefused(
        PERMISSION_DENIED, "CALLER_NOT_ALLOWED", holding(ACME, Scope.SCOPE_MANAGE), "other", ada);
    assertAllRefused(
        PERMISSION_DENIED, "CALLER_NOT_ALLOWED", holding(ACME, Scope.SCOPE_MANAGE), "under", ada);
    assertAllRefused(
        PERMISSION_DENIED, "CALLER_NOT_ALLOWED", holding(REALM, Scope.SCOPE_OPERATE), "other", ada);
    assertAllRefused(
        PERMISSION_DENIED,
        "CALLER_NOT_ALLOWED",
        holding(ALL, Scope.SCOPE_CHECK, Scope.SCOPE_WATCH, Scope.SCOPE_SUPPORT),
        "acme",
        ada);
    assertAllRefused(
        UNAUTHENTICATED,
        "NOT_AUTHENTICATED",
        AuditServiceGrpc.newBlockingStub(channel),
        "acme",
        ada);
  }

  @Test
  void an_organization_that_does_not_exist_is_not_found() {
    assertAllRefused(NOT_FOUND, "ORGANIZATION_NOT_FOUND", operating(), "nowhere", null);
    assertAllRefused(
        NOT_FOUND, "ORGANIZATION_NOT_FOUND", operating(), "nowhere", Orgs.actor("ada"));
  }

  @Test
  void the_heads_of_all_organizations_are_for_operators() {
    var request = ListAuditHeadsRequest.newBuilder().setPageSize(2);
    var first = operating().listAuditHeads(request.build());
    var second = operating().listAuditHeads(request.setPageToken(first.getNextPageToken()).build());
    assertEquals(List.of("acme", "other"), organizations(first.getHeadsList()));
    assertEquals(List.of("under"), organizations(second.getHeadsList()));
    assertEquals("", second.getNextPageToken());
    assertEquals(
        first.getHeads(1),
        operating()
            .getAuditHead(GetAuditHeadRequest.newBuilder().setOrganizationId("other").build())
            .getHead());
    assertTrue(first.getHeads(1).getRevision() > 4);
    for (var audit :
        List.of(holding(ALL, Scope.SCOPE_MANAGE), holding(REALM, Scope.SCOPE_OPERATE))) {
      assertRefused(
          PERMISSION_DENIED,
          "CALLER_NOT_ALLOWED",
          () -> audit.listAuditHeads(ListAuditHeadsRequest.getDefaultInstance()));
    }
  }

  private static List<String> organizations(List<AuditHead> heads) {
    return heads.stream().map(AuditHead::getOrganizationId).toList();
  }
}
