package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Dashboard;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.ExportRequest;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Role;
import dev.sightline.v1.TransferDashboard;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferServiceGrpc;
import dev.sightline.v1.TransferSubscription;
import dev.sightline.v1.TransferUser;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions go with an organization that is brought in or taken out. */
class SubscriptionTransferTest {
  private final TestService service = TestService.start();
  private final Node node = service.node();

  @BeforeEach
  void bringIn() {
    bringIn(
        subscription("costs", "bob"), subscription("costs", "ada"), subscription("plans", "bob"));
  }

  @AfterEach
  void close() {
    service.close();
  }

  private void bringIn(TransferSubscription... subscriptions) {
    var records =
        ImportRequest.newBuilder()
            .addRecords(
                TransferRecord.newBuilder()
                    .setHeader(
                        TransferHeader.newBuilder().setOrganizationId("acme").setName("Acme")))
            .addRecords(user("ada", Role.ROLE_ADMIN))
            .addRecords(user("bob", Role.ROLE_ANALYST))
            .addRecords(dashboard("costs"))
            .addRecords(dashboard("plans"));
    for (TransferSubscription subscription : subscriptions) {
      records.addRecords(TransferRecord.newBuilder().setSubscription(subscription));
    }
    records.addRecords(
        TransferRecord.newBuilder()
            .setEnd(
                TransferEnd.newBuilder()
                    .setCounts(OrganizationCounts.newBuilder().setUsers(2).setDashboards(2))));
    var _ = Imports.send(node, List.of(records.build()));
  }

  private static TransferRecord user(String id, Role role) {
    return TransferRecord.newBuilder()
        .setUser(
            TransferUser.newBuilder()
                .setId(id)
                .setName(id)
                .setEmail(id + "@example.org")
                .setRole(role))
        .build();
  }

  private static TransferRecord dashboard(String id) {
    return TransferRecord.newBuilder()
        .setDashboard(
            TransferDashboard.newBuilder()
                .setDashboard(Dashboard.newBuilder().setId(id).setName(id).setOwnerId("ada")))
        .build();
  }

  private static TransferSubscription subscription(String dashboard, String user) {
    return TransferSubscription.newBuilder().setDashboardId(dashboard).setUserId(user).build();
  }

  private List<TransferSubscription> takenOut() {
    var request = ExportRequest.newBuilder().setOrganizationId("acme").build();
    List<TransferSubscription> subscriptions = new ArrayList<>();
    TransferServiceGrpc.newBlockingStub(node.channel)
        .export(request)
        .forEachRemaining(part ->
            part.getRecordsList().stream()
                .filter(TransferRecord::hasSubscription)
                .forEach(record -> subscriptions.add(record.getSubscription())));
    return subscriptions;
  }

  @Test
  void what_was_brought_in_is_taken_out() {
    assertEquals(
        List.of(
            subscription("costs", "ada"),
            subscription("costs", "bob"),
            subscription("plans", "bob")),
        takenOut());
  }

  @Test
  void what_is_named_twice_or_has_not_come_before_is_refused() {
    for (TransferSubscription wrong :
        List.of(
            subscription("costs", "eve"),
            subscription("sales", "bob"),
            subscription("plans", "ada"))) {
      var refused =
          assertThrows(
              StatusRuntimeException.class, () -> bringIn(subscription("plans", "ada"), wrong));
      assertTrue(refused.getMessage().contains("Record 7: "), refused.getMessage());
    }
  }

  @Test
  void subscriptions_end_with_the_user_those_to_deleted_dashboards_included() {
    var _ =
        node.dashboards.deleteDashboard(
            DeleteDashboardRequest.newBuilder()
                .setOrganizationId("acme")
                .setActor(Orgs.actor("ada"))
                .setDashboardId("costs")
                .build());
    assertEquals(List.of(subscription("plans", "bob")), takenOut());
    var _ =
        node.directory.deleteUser(
            DeleteUserRequest.newBuilder()
                .setOrganizationId("acme")
                .setActor(Orgs.actor("ada"))
                .setUserId("bob")
                .build());
    assertEquals(List.of(), takenOut());
  }
}
