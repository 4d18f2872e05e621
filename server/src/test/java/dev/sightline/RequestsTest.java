package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.change.Instants;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.RequestAccessRequest;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking to be let in, and what becomes of it, in the app. */
class RequestsTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration TICK = Duration.ofNanos(1_000);

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

  private static void pass(Duration duration) {
    CLOCK.set(CLOCK.now().plus(duration));
  }

  @Test
  void a_request_goes_to_the_owner_and_ends_a_week_after_it_was_made() {
    AccessRequest made = acme.ask("fay", "d", "Quarterly review\nof costs").getRequest();
    assertEquals("cal", made.getAddresseeId());
    assertEquals("fay", made.getRequesterId());
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, made.getStatus());
    assertEquals("Quarterly review\nof costs", made.getReason());
    assertEquals(Instants.micros(CLOCK.now()), made.getMadeAtMicros());
    assertEquals(Instants.micros(CLOCK.now().plus(WEEK)), made.getEndsAtMicros());
    assertEquals(made, acme.request(made.getId()));
    assertEquals(List.of("ACCESS_REQUESTED cal d fay"), acme.mails());
    assertTrue(acme.saidLast(MailKind.MAIL_KIND_ACCESS_REQUESTED).contains("Quarterly review"));
    assertTrue(acme.saidLast(MailKind.MAIL_KIND_ACCESS_REQUESTED).contains("fay@example.org"));
  }

  @Test
  void a_request_goes_to_the_oldest_admin_if_the_owner_is_not_active() {
    acme.disable("cal");
    assertEquals("ada", acme.ask("fay", "d").getRequest().getAddresseeId());
    assertEquals(List.of("ACCESS_REQUESTED ada d fay"), acme.mails());
  }

  @Test
  void somebody_who_can_view_it_cannot_ask() {
    acme.give("cal", "d", "fay", Level.LEVEL_VIEWER);
    for (String viewer : List.of("fay", "cal", "ada")) {
      Refusals.assertRefused(
          Code.FAILED_PRECONDITION, "ALREADY_A_VIEWER", () -> acme.ask(viewer, "d"));
    }
  }

  @Test
  void unknown_deleted_and_foreign_dashboards_are_not_found_in_the_same_words() {
    acme.dashboard("cal", "deleted");
    acme.deleteDashboard("cal", "deleted");
    AskingPeople other = AskingPeople.in(node, acme.organization + "-other");
    other.dashboard("cal", "foreign");
    for (String dashboard : List.of("unknown", "deleted", "foreign")) {
      var asking =
          Refusals.assertRefused(
              Code.NOT_FOUND, "DASHBOARD_NOT_FOUND", () -> acme.ask("fay", dashboard));
      var looking =
          Refusals.assertRefused(
              Code.NOT_FOUND, "DASHBOARD_NOT_FOUND", () -> acme.screen("fay", dashboard));
      String words = "There is no dashboard %s that fay can view.".formatted(dashboard);
      assertEquals(words, asking.getStatus().getDescription());
      assertEquals(words, looking.getStatus().getDescription());
    }
  }

  @Test
  void only_active_members_ask() {
    acme.disable("eli");
    Refusals.assertRefused(Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> acme.ask("eli", "d"));
    Refusals.assertRefused(
        Code.PERMISSION_DENIED, "ACTOR_NOT_ALLOWED", () -> acme.ask("nobody", "unknown"));
  }

  @Test
  void drafts_may_be_asked_for_too() {
    acme.draft("cal", "plan", Level.LEVEL_VIEWER);
    acme.ask("fay", "plan");
    assertEquals(List.of("ACCESS_REQUESTED cal plan fay"), acme.mails());
  }

  @Test
  void asking_while_it_is_pending_is_the_same_request_and_no_second_mail() {
    AccessRequest first = acme.ask("fay", "d", "Please").getRequest();
    pass(Duration.ofDays(3));
    var again = acme.ask("fay", "d", "Really, please");
    assertEquals(first, again.getRequest());
    assertFalse(again.getWritten().getChanged());
    assertEquals(List.of("ACCESS_REQUESTED cal d fay"), acme.mails());
  }

  @Test
  void whoever_was_declined_waits_a_week_from_the_decision() {
    String request = acme.asked("fay", "d");
    pass(Duration.ofDays(1));
    acme.decline("cal", request);
    Instant from = CLOCK.now().plus(WEEK);
    pass(WEEK.minus(TICK));
    var refused =
        Refusals.assertRefused(
            Code.FAILED_PRECONDITION, "DECLINED_RECENTLY", () -> acme.ask("fay", "d"));
    assertEquals(from.toString(), Refusals.fact(refused, "ask_again_at"));
    pass(TICK);
    assertNotEquals(request, acme.asked("fay", "d"));
  }

  @Test
  void after_an_expiry_somebody_may_ask_at_once() {
    String request = acme.asked("fay", "d");
    pass(WEEK.minus(TICK));
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, acme.status(request));
    pass(TICK);
    assertEquals(RequestStatus.REQUEST_STATUS_EXPIRED, acme.status(request));
    assertNotEquals(request, acme.asked("fay", "d"));
    assertEquals(RequestStatus.REQUEST_STATUS_EXPIRED, acme.status(request));
  }

  @Test
  void an_ended_request_cannot_be_decided_or_taken_back() {
    String request = acme.asked("fay", "d");
    pass(WEEK);
    var refused =
        Refusals.assertRefused(
            Code.FAILED_PRECONDITION, "REQUEST_NOT_PENDING", () -> acme.approve("cal", request));
    assertEquals("EXPIRED", Refusals.fact(refused, "status"));
    Refusals.assertRefused(
        Code.FAILED_PRECONDITION, "REQUEST_NOT_PENDING", () -> acme.cancel("fay", request));
    assertEquals(Level.LEVEL_NONE, acme.level("fay", "d"));
  }

  @Test
  void approving_writes_an_entry_without_end_and_tells_the_requester_alone() {
    acme.giveFor("cal", "d", "fay", Level.LEVEL_VIEWER, Duration.ofHours(1));
    pass(Duration.ofHours(1));
    String request = acme.asked("fay", "d");
    acme.mails();
    AccessRequest approved = acme.approve("cal", request);
    assertEquals(RequestStatus.REQUEST_STATUS_APPROVED, approved.getStatus());
    assertEquals("cal", approved.getDecidedById());
    assertEquals(Instants.micros(CLOCK.now()), approved.getDecidedAtMicros());
    assertEquals(Level.LEVEL_VIEWER, approved.getLevel());
    assertEquals(List.of("APPROVED fay d VIEWER"), acme.mails());
    assertTrue(acme.saidLast(MailKind.MAIL_KIND_APPROVED).contains("Name of cal"));
    pass(Duration.ofDays(1_000));
    assertEquals(Level.LEVEL_VIEWER, acme.level("fay", "d"));
  }

  @Test
  void approving_gives_what_somebody_has_by_entries_and_default_if_that_is_more() {
    acme.draft("cal", "plan", Level.LEVEL_EDITOR);
    String request = acme.asked("fay", "plan");
    assertEquals(Level.LEVEL_EDITOR, acme.approve("cal", request).getLevel());
    acme.companyDefault("cal", "plan", Level.LEVEL_NONE);
    acme.setDraft("cal", "plan", false);
    assertEquals(Level.LEVEL_EDITOR, acme.level("fay", "plan"));
  }

  @Test
  void a_viewer_whose_request_is_pending_may_still_be_made_an_editor() {
    String request = acme.asked("fay", "d");
    acme.companyDefault("cal", "d", Level.LEVEL_VIEWER);
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, acme.status(request));
    acme.decide("cal", request, RequestDecision.REQUEST_DECISION_APPROVE_EDITOR);
    assertEquals(Level.LEVEL_EDITOR, acme.level("fay", "d"));
  }

  @Test
  void anyone_who_manages_access_decides_and_nobody_else() {
    acme.give("cal", "d", "dee", Level.LEVEL_EDITOR);
    acme.give("cal", "d", "eli", Level.LEVEL_VIEWER);
    Orgs.add(node, acme.organization, "ada", "gil", Role.ROLE_ANALYST);
    String request = acme.asked("fay", "d");
    Refusals.assertRefused(
        Code.PERMISSION_DENIED, "ACTION_NOT_ALLOWED", () -> acme.approve("eli", request));
    var unseen =
        Refusals.assertRefused(
            Code.NOT_FOUND, "REQUEST_NOT_FOUND", () -> acme.approve("gil", request));
    var unknown =
        Refusals.assertRefused(
            Code.NOT_FOUND, "REQUEST_NOT_FOUND", () -> acme.approve("cal", "unknown"));
    assertEquals(
        unknown.getStatus().getDescription(),
        unseen.getStatus().getDescription().replace(request, "unknown"));
    Refusals.assertRefused(Code.NOT_FOUND, "REQUEST_NOT_FOUND", () -> acme.approve("fay", request));
    assertEquals("dee", acme.decline("dee", request).getDecidedById());
  }

  @Test
  void what_was_decided_stays_decided() {
    String request = acme.asked("fay", "d");
    acme.approve("cal", request);
    acme.mails();
    Refusals.assertRefused(
        Code.FAILED_PRECONDITION, "REQUEST_NOT_PENDING", () -> acme.decline("ada", request));
    assertEquals(RequestStatus.REQUEST_STATUS_APPROVED, acme.status(request));
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void declining_tells_the_requester_whom_to_turn_to() {
    acme.decline("ada", acme.asked("fay", "d"));
    assertEquals(List.of("ACCESS_REQUESTED cal d fay", "DECLINED fay d"), acme.mails());
    assertTrue(acme.saidLast(MailKind.MAIL_KIND_DECLINED).contains("Dashboard d"));
    assertTrue(acme.saidLast(MailKind.MAIL_KIND_DECLINED).contains("cal@example.org"));
  }

  @Test
  void a_decline_names_the_addressee_if_the_owner_is_not_active() {
    acme.disable("cal");
    acme.decline("bo", acme.asked("fay", "d"));
    assertTrue(acme.saidLast(MailKind.MAIL_KIND_DECLINED).contains("ada@example.org"));
    assertFalse(acme.saidLast(MailKind.MAIL_KIND_DECLINED).contains("cal@example.org"));
  }

  @Test
  void a_decline_about_a_draft_goes_at_once_and_leaves_its_name_out() {
    acme.draft("cal", "plan", Level.LEVEL_VIEWER);
    acme.decline("cal", acme.asked("fay", "plan"));
    assertEquals("DECLINED fay plan", acme.mails().getLast());
    assertFalse(acme.saidLast(MailKind.MAIL_KIND_DECLINED).contains("Dashboard plan"));
  }

  @Test
  void a_request_is_taken_back_by_whoever_made_it_and_nobody_is_told() {
    acme.give("cal", "d", "eli", Level.LEVEL_VIEWER);
    String request = acme.asked("fay", "d");
    acme.mails();
    Refusals.assertRefused(
        Code.PERMISSION_DENIED, "ACTION_NOT_ALLOWED", () -> acme.cancel("cal", request));
    for (String other : List.of("eli", "dee")) {
      Refusals.assertRefused(
          Code.NOT_FOUND, "REQUEST_NOT_FOUND", () -> acme.cancel(other, request));
    }
    assertTrue(acme.cancel("fay", request).getWritten().getChanged());
    assertFalse(acme.cancel("fay", request).getWritten().getChanged());
    assertEquals(RequestStatus.REQUEST_STATUS_CANCELLED, acme.status(request));
    assertEquals(List.of(), acme.mails());
    assertNotEquals(request, acme.asked("fay", "d"));
  }

  @Test
  void a_repeated_call_with_its_key_answers_alike() {
    var ask =
        RequestAccessRequest.newBuilder()
            .setOrganizationId(acme.organization)
            .setActor(Orgs.actor("fay"))
            .setDashboardId("d")
            .setIdempotencyKey("once")
            .build();
    var first = acme.requests.requestAccess(ask);
    acme.cancel("fay", first.getRequest().getId());
    assertEquals(first, acme.requests.requestAccess(ask));
    assertEquals(RequestStatus.REQUEST_STATUS_CANCELLED, acme.status(first.getRequest().getId()));
  }

  @Test
  void a_reason_has_at_most_a_thousand_characters() {
    acme.ask("fay", "d", "é".repeat(1_000));
    Refusals.assertRefused(
        Code.INVALID_ARGUMENT, "OUT_OF_RANGE", () -> acme.ask("eli", "d", "é".repeat(1_001)));
  }
}
