package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.AccessChange;
import dev.sightline.client.Action;
import dev.sightline.client.Because;
import dev.sightline.client.Level;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.NewUser;
import dev.sightline.client.Organization;
import dev.sightline.client.Reason;
import dev.sightline.client.SightlineException;
import dev.sightline.client.Subject;
import dev.sightline.model.Refusal;
import dev.sightline.store.ScratchDatabases.Scratch;
import dev.sightline.v1.CreateOrganizationRequest;
import dev.sightline.v1.CreateTokenRequest;
import dev.sightline.v1.DirectoryServiceGrpc;
import dev.sightline.v1.Scope;
import dev.sightline.v1.TokenBinding;
import dev.sightline.v1.TokenServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backend engineer writes, against the real server with tokens on. */
class SdkTest {
  private Scratch database;
  private Server server;
  private dev.sightline.client.Sightline sightline;
  private Organization acme;

  @BeforeEach
  void open() {
    database = TestDatabases.shared().create();
    server = Server.start(ServerSettings.local(database.settings(), 0).withTokens());
    String operator = Objects.requireNonNull(server.firstToken()).reveal();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    DirectoryServiceGrpc.newBlockingStub(channel)
        .withCallCredentials(new Bearer(operator))
        .createOrganization(
            CreateOrganizationRequest.newBuilder()
                .setOrganizationId("acme")
                .setName("Acme")
                .setAdmin(
                    dev.sightline.v1.NewUser.newBuilder()
                        .setId("ada")
                        .setName("Ada")
                        .setEmail("ada@acme.test"))
                .build());
    String token =
        TokenServiceGrpc.newBlockingStub(channel)
            .withCallCredentials(new Bearer(operator))
            .createToken(
                CreateTokenRequest.newBuilder()
                    .setName("backend")
                    .addScopes(Scope.SCOPE_CHECK)
                    .addScopes(Scope.SCOPE_MANAGE)
                    .setBinding(TokenBinding.newBuilder().setOrganizationId("acme"))
                    .build())
            .getSecret();
    channel.shutdownNow();
    sightline =
        dev.sightline.client.Sightline.connect("127.0.0.1:" + server.port())
            .token(token)
            .deadline(Duration.ofSeconds(30))
            .open();
    acme = sightline.organization("acme");
  }

  @AfterEach
  void close() {
    sightline.close();
    server.close();
    database.close();
  }

  /** Sends a token along. */
  private static final class Bearer extends CallCredentials {
    private final String token;

    Bearer(String token) {
      this.token = token;
    }

    @Override
    public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
      Metadata headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
      applier.apply(headers);
    }
  }

  @Test
  void whoever_changes_access_sees_the_change_at_once() {
    var ada = acme.as("ada");
    ada.directory().addUser(NewUser.of("Dee", "dee@acme.test").withId("dee"));
    ada.createDashboard(NewDashboard.named("Sales").withId("D1").withCompanyDefault(Level.NONE));
    assertFalse(acme.canView("dee", "D1").allowed());
    for (int i = 0; i < 20; i++) {
      ada.changeAccess("D1", AccessChange.empty().set(Subject.user("dee"), Level.EDITOR));
      assertTrue(acme.canEdit("dee", "D1").allowed());
      ada.changeAccess("D1", AccessChange.empty().remove(Subject.user("dee")));
      assertFalse(acme.canView("dee", "D1").allowed());
    }
  }

  @Test
  void a_list_holds_what_a_check_allows_and_an_explanation_says_why() {
    var ada = acme.as("ada");
    ada.directory().addUser(NewUser.of("Dee", "dee@acme.test").withId("dee"));
    for (int i = 0; i < 5; i++) {
      Level companyDefault = i % 2 == 0 ? Level.VIEWER : Level.NONE;
      ada.createDashboard(
          NewDashboard.named("D" + i).withId("D" + i).withCompanyDefault(companyDefault));
    }
    var visible =
        acme.visibleDashboards("dee").stream()
            .map(dev.sightline.client.VisibleDashboard::id)
            .toList();
    assertEquals(java.util.List.of("D0", "D2", "D4"), visible);
    assertTrue(acme.check("dee", Action.VIEW, "D0").allowed());
    assertEquals(Because.COMPANY_DEFAULT, acme.explain("dee", "D1").because());
  }

  @Test
  void a_refusal_has_its_reason_and_its_facts() {
    var refused =
        assertThrows(SightlineException.class, () -> acme.as("ada").directory().disableUser("ada"));
    assertTrue(refused.is(Reason.OWN_ACCOUNT));
    assertEquals("ada", refused.facts().get("user"));
    var foreign =
        assertThrows(
            SightlineException.class, () -> sightline.organization("other").canView("ada", "D1"));
    assertTrue(foreign.is(Reason.CALLER_NOT_ALLOWED));
  }

  @Test
  void every_reason_of_the_server_is_known_to_the_sdk() {
    var known = Arrays.stream(Reason.values()).map(Enum::name).collect(Collectors.toSet());
    var given = Arrays.stream(Refusal.Reason.values()).map(Enum::name).collect(Collectors.toSet());
    given.removeAll(known);
    assertEquals(java.util.Set.of(), given);
  }
}
