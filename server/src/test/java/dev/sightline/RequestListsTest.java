package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.change.Instants;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.GetRequestAccessScreenResponse;
import dev.sightline.v1.Level;
import dev.sightline.v1.ListRequestsRequest;
import dev.sightline.v1.ListRequestsResponse;
import dev.sightline.v1.RequestStanding;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shown of requests, and to whom. */
class RequestListsTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private static final StoryClock CLOCK = new StoryClock(Instant.parse("2027-03-01T09:00:00Z"));
  private static TestService service;
  private static Node node;
  private static int organizations;

  private AskingPeople acme;

  @BeforeAll
  static void start() {
    service = TestService.at(CLOCK);
    node = service.node();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void organization() {
    acme = AskingPeople.in(node, "acme-" + ++organizations);
    acme.dashboard("cal", "d");
  }

  @Test
  void the_screen_says_whose_it_is_and_never_what_it_is_called() {
    GetRequestAccessScreenResponse screen = acme.screen("fay", "d");
    assertEquals(RequestStanding.REQUEST_STANDING_MAY_ASK, screen.getStanding());
    assertEquals("Name of cal", screen.getOwnerName());
    assertFalse(screen.toString().contains("Dashboard"));
  }

  @Test
  void the_screen_says_until_when_somebody_has_asked_or_must_wait() {
    String request = acme.asked("fay", "d");
    GetRequestAccessScreenResponse asked = acme.screen("fay", "d");
    assertEquals(RequestStanding.REQUEST_STANDING_HAS_ASKED, asked.getStanding());
    assertEquals(request, asked.getRequestId());
    assertEquals(Instants.micros(CLOCK.now().plus(WEEK)), asked.getUntilMicros());
    CLOCK.set(CLOCK.now().plus(Duration.ofDays(1)));
    acme.decline("cal", request);
    GetRequestAccessScreenResponse waits = acme.screen("fay", "d");
    assertEquals(RequestStanding.REQUEST_STANDING_MUST_WAIT, waits.getStanding());
    assertEquals(Instants.micros(CLOCK.now().plus(WEEK)), waits.getUntilMicros());
    CLOCK.set(CLOCK.now().plus(WEEK));
    assertEquals(RequestStanding.REQUEST_STANDING_MAY_ASK, acme.screen("fay", "d").getStanding());
  }

  @Test
  void the_screen_lets_somebody_ask_at_once_after_an_expiry() {
    acme.ask("fay", "d");
    CLOCK.set(CLOCK.now().plus(WEEK));
    assertEquals(RequestStanding.REQUEST_STANDING_MAY_ASK, acme.screen("fay", "d").getStanding());
  }

  @Test
  void the_screen_says_if_somebody_is_in_already_or_will_be() {
    assertEquals(RequestStanding.REQUEST_STANDING_CAN_VIEW, acme.screen("bo", "d").getStanding());
    acme.draft("cal", "plan", Level.LEVEL_NONE);
    acme.approve("cal", acme.asked("fay", "plan"));
    assertEquals(
        RequestStanding.REQUEST_STANDING_WAITS_FOR_PUBLICATION,
        acme.screen("fay", "plan").getStanding());
  }

  @Test
  void a_request_is_seen_by_whoever_made_it_and_whoever_may_decide() {
    acme.give("cal", "d", "eli", Level.LEVEL_VIEWER);
    AccessRequest made = acme.ask("fay", "d").getRequest();
    for (String viewer : List.of("fay", "cal", "ada", "bo")) {
      assertEquals(made, acme.requestSeenBy(viewer, made.getId()));
    }
    for (String stranger : List.of("eli", "dee")) {
      Refusals.assertRefused(
          Code.NOT_FOUND, "REQUEST_NOT_FOUND", () -> acme.requestSeenBy(stranger, made.getId()));
    }
    Refusals.assertRefused(Code.NOT_FOUND, "REQUEST_NOT_FOUND", () -> acme.request("unknown"));
  }

  @Test
  void whoever_asked_learns_what_was_decided_and_not_by_whom() {
    String declined = acme.asked("fay", "d");
    acme.decline("ada", declined);
    AccessRequest seen = acme.requestSeenBy("fay", declined);
    assertEquals(RequestStatus.REQUEST_STATUS_DECLINED, seen.getStatus());
    assertEquals("", seen.getDecidedById());
    assertEquals(List.of(seen), acme.requestsSeenBy("fay"));
    assertEquals("ada", acme.requestSeenBy("cal", declined).getDecidedById());
    assertEquals("ada", acme.request(declined).getDecidedById());
    String approved = acme.asked("eli", "d");
    acme.approve("bo", approved);
    assertEquals("", acme.requestSeenBy("eli", approved).getDecidedById());
    acme.give("cal", "d", "eli", Level.LEVEL_EDITOR);
    assertEquals("bo", acme.requestSeenBy("eli", approved).getDecidedById());
  }

  @Test
  void lists_hold_what_somebody_may_decide_and_their_own() {
    acme.dashboard("dee", "e");
    String fays = acme.asked("fay", "d");
    String cals = acme.asked("cal", "e");
    String elis = acme.asked("eli", "e");
    assertEquals(Set.of(fays, cals), listed(seenBy("cal")));
    assertEquals(Set.of(cals, elis), listed(seenBy("dee")));
    assertEquals(Set.of(elis), listed(seenBy("eli")));
    assertEquals(Set.of(fays, cals, elis), listed(seenBy("ada")));
    assertEquals(Set.of(fays, cals, elis), listed(all()));
  }

  @Test
  void lists_are_filtered_by_dashboard_status_requester_and_addressee() {
    acme.dashboard("dee", "e");
    String fays = acme.asked("fay", "d");
    String faysOther = acme.asked("fay", "e");
    String elis = acme.asked("eli", "d");
    acme.decline("cal", elis);
    assertEquals(Set.of(fays, elis), listed(all().setDashboardId("d")));
    assertEquals(Set.of(fays, faysOther), listed(all().setRequesterId("fay")));
    assertEquals(Set.of(faysOther), listed(all().setAddresseeId("dee")));
    assertEquals(Set.of(elis), listed(all().setStatus(RequestStatus.REQUEST_STATUS_DECLINED)));
    assertEquals(
        Set.of(faysOther),
        listed(all().setRequesterId("fay").setDashboardId("e").setAddresseeId("dee")));
  }

  @Test
  void lists_count_what_time_has_ended_as_ended() {
    String fays = acme.asked("fay", "d");
    CLOCK.set(CLOCK.now().plus(WEEK));
    assertEquals(Set.of(), listed(all().setStatus(RequestStatus.REQUEST_STATUS_PENDING)));
    assertEquals(Set.of(fays), listed(all().setStatus(RequestStatus.REQUEST_STATUS_EXPIRED)));
  }

  @Test
  void pages_hold_each_request_once_in_the_order_of_ids() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      acme.dashboard(i % 2 == 0 ? "cal" : "dee", "page-" + i);
      made.add(acme.asked("fay", "page-" + i));
    }
    made.sort(null);
    for (int size : List.of(1, 4, 25, 26)) {
      assertEquals(made, paged(all().setPageSize(size)));
      assertEquals(made, paged(seenBy("fay").setPageSize(size)));
    }
    assertEquals(13, paged(seenBy("cal").setPageSize(3)).size());
  }

  @Test
  void a_page_token_is_good_for_its_own_list_only() {
    acme.dashboard("cal", "e");
    acme.ask("fay", "d");
    acme.ask("fay", "e");
    String token = acme.requests.listRequests(all().setPageSize(1).build()).getNextPageToken();
    assertFalse(token.isEmpty());
    Refusals.assertRefused(
        Code.INVALID_ARGUMENT,
        "INVALID_PAGE_TOKEN",
        () -> listed(seenBy("cal").setPageToken(token)));
    Refusals.assertRefused(
        Code.INVALID_ARGUMENT, "OUT_OF_RANGE", () -> listed(all().setPageSize(1_001)));
  }

  @Test
  void who_may_not_act_sees_nothing() {
    Orgs.add(node, acme.organization, "ada", "gil", Role.ROLE_ADMIN);
    acme.disable("gil");
    Refusals.assertRefused(
        Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> listed(seenBy("gil")));
    Refusals.assertRefused(
        Code.NOT_FOUND,
        "ORGANIZATION_NOT_FOUND",
        () -> listed(ListRequestsRequest.newBuilder().setOrganizationId("nowhere")));
  }

  private ListRequestsRequest.Builder all() {
    return ListRequestsRequest.newBuilder().setOrganizationId(acme.organization);
  }

  private ListRequestsRequest.Builder seenBy(String user) {
    return all().setActor(Orgs.actor(user));
  }

  private Set<String> listed(ListRequestsRequest.Builder request) {
    List<String> ids = ids(acme.requests.listRequests(request.build()));
    assertEquals(ids.size(), new HashSet<>(ids).size());
    return Set.copyOf(ids);
  }

  private List<String> paged(ListRequestsRequest.Builder request) {
    List<String> all = new ArrayList<>();
    ListRequestsResponse page;
    do {
      page = acme.requests.listRequests(request.build());
      assertTrue(page.getRequestsCount() <= request.getPageSize());
      all.addAll(ids(page));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return all;
  }

  private static List<String> ids(ListRequestsResponse page) {
    return page.getRequestsList().stream().map(AccessRequest::getId).toList();
  }
}
