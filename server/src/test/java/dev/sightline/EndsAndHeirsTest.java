package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.DeleteUserRequest;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.GetAccessRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.Role;
import dev.sightline.v1.ShareDashboardRequest;
import dev.sightline.v1.UpdateAccessRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Corners that random histories come to only now and then. */
class EndsAndHeirsTest {
  private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");

  @Test
  void an_entry_that_has_ended_does_not_keep_a_share_from_letting_somebody_in() {
    var clock = new StoryClock(START);
    try (TestService service = TestService.at(clock)) {
      Node node = service.node();
      organization(node);
      var _ =
          node.dashboards.updateAccess(
              UpdateAccessRequest.newBuilder()
                  .setOrganizationId("org")
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId("d")
                  .addSet(
                      EntryToSet.newBuilder()
                          .setUserId("bo")
                          .setLevel(Level.LEVEL_EDITOR)
                          .setExpiresInMicros(10_000_000))
                  .build());
      clock.set(START.plus(Duration.ofSeconds(10)));
      var shared =
          node.dashboards.shareDashboard(
              ShareDashboardRequest.newBuilder()
                  .setOrganizationId("org")
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId("d")
                  .setEmail("BO@example.org")
                  .setLevel(Level.LEVEL_VIEWER)
                  .build());
      assertTrue(shared.getWritten().getChanged());
      assertEquals(Level.LEVEL_VIEWER, shared.getLevel());
      assertTrue(Orgs.view(node, "org", "bo", "d", Orgs.FULLY_CONSISTENT).getAllowed());
    }
  }

  @Test
  void whoever_inherits_a_dashboard_has_no_entry_there_any_more() {
    try (TestService service = TestService.start()) {
      Node node = service.node();
      organization(node);
      Orgs.dashboard(node, "org", "bo", "bos", Level.LEVEL_NONE);
      var _ =
          node.dashboards.updateAccess(Orgs.give("org", "bo", "bos", "ada", Level.LEVEL_VIEWER));
      var deleted =
          node.directory.deleteUser(
              DeleteUserRequest.newBuilder()
                  .setOrganizationId("org")
                  .setActor(Orgs.actor("ada"))
                  .setUserId("bo")
                  .build());
      assertEquals("ada", deleted.getHeirId());
      assertEquals(1, deleted.getInheritedDashboards());
      var panel =
          node.dashboards.getAccess(
              GetAccessRequest.newBuilder()
                  .setOrganizationId("org")
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId("bos")
                  .build());
      assertEquals("ada", panel.getDashboard().getOwnerId());
      assertEquals(0, panel.getEntriesCount());
    }
  }

  private static void organization(Node node) {
    Orgs.create(node, "org", "ada");
    Orgs.add(node, "org", "ada", "bo", Role.ROLE_ANALYST);
    Orgs.dashboard(node, "org", "ada", "d", Level.LEVEL_NONE);
  }
}
