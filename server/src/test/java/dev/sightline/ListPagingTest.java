package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static io.grpc.Status.Code.INVALID_ARGUMENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.DeleteDashboardRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListFields;
import dev.sightline.v1.ListPurpose;
import dev.sightline.v1.ListVisibleDashboardsRequest;
import dev.sightline.v1.ListVisibleDashboardsResponse;
import dev.sightline.v1.Role;
import dev.sightline.v1.SetDraftRequest;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.VisibleDashboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists that change while somebody pages through them. */
class ListPagingTest {
  private static TestService service;
  private static Node one;
  private static Node other;

  @BeforeAll
  static void start() {
    service = TestService.start();
    one = service.node();
    other = service.node();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static ListVisibleDashboardsRequest.Builder list(String organization, int size) {
    return ListVisibleDashboardsRequest.newBuilder()
        .setOrganizationId(organization)
        .setUserId("bo")
        .setConsistency(Orgs.FULLY_CONSISTENT)
        .setPageSize(size);
  }

  private static List<String> ids(List<VisibleDashboard> dashboards) {
    return dashboards.stream().map(VisibleDashboard::getDashboardId).toList();
  }

  @Test
  void what_stays_visible_is_listed_exactly_once_while_others_come_and_go() {
    Orgs.create(one, "paging", "ada");
    Orgs.add(one, "paging", "ada", "bo", Role.ROLE_ANALYST);
    TreeSet<String> stay = new TreeSet<>();
    TreeSet<String> come = new TreeSet<>();
    var random = new Random(7);
    for (int i = 0; i < 40; i++) {
      stay.add("s" + random.nextInt(1_000_000));
    }
    for (int i = 0; i < 40; i++) {
      come.add("s" + random.nextInt(1_000_000) + "-changing");
    }
    stay.forEach(id -> Orgs.dashboard(one, "paging", "ada", id, Level.LEVEL_VIEWER));
    come.forEach(id -> Orgs.dashboard(one, "paging", "ada", id, Level.LEVEL_VIEWER));
    for (int size : new int[] {1, 7, 40}) {
      List<String> listed = new ArrayList<>();
      var request = list("paging", size);
      int pages = 0;
      do {
        // Each page from the other node: the token is all that is remembered.
        Node node = pages % 2 == 0 ? one : other;
        ListVisibleDashboardsResponse page = node.access.listVisibleDashboards(request.build());
        listed.addAll(ids(page.getDashboardsList()));
        assertTrue(page.getDashboardsCount() <= size);
        request.setPageToken(page.getNextPageToken());
        change(come, random, pages++);
      } while (!request.getPageToken().isEmpty());
      assertEquals(new ArrayList<>(new TreeSet<>(listed)), listed, "in order, none twice");
      assertTrue(listed.containsAll(stay), "none that stays is left out");
    }
  }

  private static void change(Set<String> come, Random random, int page) {
    String some = List.copyOf(come).get(random.nextInt(come.size()));
    if (page % 3 == 0) {
      var _ =
          one.dashboards.deleteDashboard(
              DeleteDashboardRequest.newBuilder()
                  .setOrganizationId("paging")
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId(some)
                  .build());
      come.remove(some);
      String made = "s" + random.nextInt(1_000_000) + "-changing-" + page;
      Orgs.dashboard(one, "paging", "ada", made, Level.LEVEL_VIEWER);
      come.add(made);
    } else {
      var _ =
          one.dashboards.setDraft(
              SetDraftRequest.newBuilder()
                  .setOrganizationId("paging")
                  .setActor(Orgs.actor("ada"))
                  .setDashboardId(some)
                  .setDraft(random.nextBoolean())
                  .build());
    }
  }

  @Test
  void what_is_revoked_between_two_pages_is_not_on_the_second() {
    Orgs.create(one, "revoked", "ada");
    Orgs.add(one, "revoked", "ada", "bo", Role.ROLE_ANALYST);
    for (String id : List.of("a", "b", "c", "d")) {
      Orgs.dashboard(one, "revoked", "ada", id, Level.LEVEL_VIEWER);
    }
    var first = other.access.listVisibleDashboards(list("revoked", 2).build());
    assertEquals(List.of("a", "b"), ids(first.getDashboardsList()));
    var _ = one.dashboards.updateAccess(Orgs.give("revoked", "ada", "c", "bo", Level.LEVEL_NONE));
    var second =
        other.access.listVisibleDashboards(
            list("revoked", 2).setPageToken(first.getNextPageToken()).build());
    assertEquals(List.of("d"), ids(second.getDashboardsList()));
    assertEquals("", second.getNextPageToken());
  }

  @Test
  void the_stream_is_the_pages() {
    Orgs.create(one, "stream", "ada");
    Orgs.add(one, "stream", "ada", "bo", Role.ROLE_ANALYST);
    for (int i = 0; i < 30; i++) {
      Orgs.dashboard(
          one, "stream", "ada", "d" + i, i % 3 == 0 ? Level.LEVEL_NONE : Level.LEVEL_EDITOR);
    }
    var fields = ListFields.newBuilder().setLevel(true).setName(true).setPills(true).build();
    for (String reader : List.of("ada", "bo", "nobody")) {
      List<VisibleDashboard> pages = new ArrayList<>();
      var request = list("stream", 4).setUserId(reader).setFields(fields);
      do {
        var page = one.access.listVisibleDashboards(request.build());
        pages.addAll(page.getDashboardsList());
        request.setPageToken(page.getNextPageToken());
      } while (!request.getPageToken().isEmpty());
      List<VisibleDashboard> stream = new ArrayList<>();
      one.access
          .streamVisibleDashboards(
              StreamVisibleDashboardsRequest.newBuilder()
                  .setOrganizationId("stream")
                  .setUserId(reader)
                  .setFields(fields)
                  .build())
          .forEachRemaining(part -> stream.addAll(part.getDashboardsList()));
      assertEquals(pages, stream);
      assertEquals(reader.equals("ada") ? 30 : reader.equals("bo") ? 20 : 0, stream.size());
    }
  }

  @Test
  void a_cursor_goes_on_only_with_the_list_that_gave_it() {
    Orgs.create(one, "cursor", "ada");
    Orgs.add(one, "cursor", "ada", "bo", Role.ROLE_ANALYST);
    for (String id : List.of("a", "b", "c")) {
      Orgs.dashboard(one, "cursor", "ada", id, Level.LEVEL_VIEWER);
    }
    String token = one.access.listVisibleDashboards(list("cursor", 1).build()).getNextPageToken();
    assertFalse(token.isEmpty());
    for (var request :
        List.of(
            list("cursor", 1).setUserId("ada"),
            list("cursor", 1).setPurpose(ListPurpose.LIST_PURPOSE_DIGEST),
            list("cursor", 1).setFields(ListFields.newBuilder().setName(true)),
            list("another", 1))) {
      assertRefused(
          INVALID_ARGUMENT,
          "INVALID_PAGE_TOKEN",
          () -> one.access.listVisibleDashboards(request.setPageToken(token).build()));
    }
    var next = other.access.listVisibleDashboards(list("cursor", 2).setPageToken(token).build());
    assertEquals(List.of("b", "c"), ids(next.getDashboardsList()), "the size may change");
  }
}
