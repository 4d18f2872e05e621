package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkFacts;
import dev.sightline.v1.LinkOutcome;
import dev.sightline.v1.LinkState;
import dev.sightline.v1.LookAtLinkResponse;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import dev.sightline.v1.UseLinkResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One-click links act once, only when used, and only while their holder may decide. */
class RequestLinksTest {
  private static final String VIEWER = "Approve as Viewer";
  private static final String EDITOR = "Approve as Editor";
  private static final String DECLINE = "Decline";
  private static final List<String> ALL = List.of(VIEWER, EDITOR, DECLINE);

  private static final StoryClock CLOCK = new StoryClock(Instant.parse("2027-03-01T09:00:00Z"));
  private static TestService service;
  private static Node node;
  private static int organizations;

  private AskingPeople acme;
  private String request;

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
  void fayAsksCal() {
    acme = AskingPeople.in(node, "acme-" + ++organizations);
    acme.dashboard("cal", "d");
    request = acme.asked("fay", "d");
    acme.mails();
  }

  @Test
  void looking_at_every_link_decides_nothing() {
    for (String label : ALL) {
      LookAtLinkResponse looked = acme.look(acme.link(request, label));
      assertEquals(LinkState.LINK_STATE_OPEN, looked.getState());
      assertEquals(acme.look(acme.link(request, label)), looked);
    }
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, acme.status(request));
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void a_link_says_what_it_would_do_for_whom() {
    LinkFacts link = acme.look(acme.link(request, EDITOR)).getLink();
    assertEquals(acme.organization, link.getOrganizationId());
    assertEquals(request, link.getRequestId());
    assertEquals("Dashboard d", link.getDashboardName());
    assertEquals("Name of fay", link.getRequesterName());
    assertEquals(RequestDecision.REQUEST_DECISION_APPROVE_EDITOR, link.getDecision());
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, link.getStatus());
    assertEquals(acme.request(request).getEndsAtMicros(), link.getEndsAtMicros());
  }

  @Test
  void each_link_decides_what_it_says_in_the_name_of_the_addressee() {
    assertEquals(LinkOutcome.LINK_OUTCOME_APPLIED, acme.outcome(acme.link(request, VIEWER)));
    assertEquals(Level.LEVEL_VIEWER, acme.level("fay", "d"));
    assertEquals("cal", acme.request(request).getDecidedById());
    String second = acme.asked("eli", "d");
    assertEquals(LinkOutcome.LINK_OUTCOME_APPLIED, acme.outcome(acme.link(second, EDITOR)));
    assertEquals(Level.LEVEL_EDITOR, acme.level("eli", "d"));
    String third = acme.asked("dee", "d");
    assertEquals(LinkOutcome.LINK_OUTCOME_APPLIED, acme.outcome(acme.link(third, DECLINE)));
    assertEquals(Level.LEVEL_NONE, acme.level("dee", "d"));
    assertEquals(
        List.of(
            "APPROVED fay d VIEWER",
            "ACCESS_REQUESTED cal d eli",
            "APPROVED eli d EDITOR",
            "ACCESS_REQUESTED cal d dee",
            "DECLINED dee d"),
        acme.mails());
  }

  @Test
  void a_used_link_shows_what_was_decided_and_so_do_the_others() {
    UseLinkResponse applied = acme.use(acme.link(request, EDITOR));
    assertEquals(Level.LEVEL_EDITOR, applied.getLink().getLevel());
    assertTrue(applied.getWritten().getChanged());
    acme.mails();
    for (String label : ALL) {
      UseLinkResponse again = acme.use(acme.link(request, label));
      assertEquals(LinkOutcome.LINK_OUTCOME_ALREADY_DECIDED, again.getOutcome());
      assertEquals(RequestStatus.REQUEST_STATUS_APPROVED, again.getLink().getStatus());
      assertEquals(Level.LEVEL_EDITOR, again.getLink().getLevel());
      assertEquals(applied.getLink().getDecidedAtMicros(), again.getLink().getDecidedAtMicros());
      assertEquals(
          LinkState.LINK_STATE_ALREADY_DECIDED, acme.look(acme.link(request, label)).getState());
    }
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void what_was_decided_in_the_app_is_decided_for_links_too() {
    acme.decline("ada", request);
    UseLinkResponse used = acme.use(acme.link(request, VIEWER));
    assertEquals(LinkOutcome.LINK_OUTCOME_ALREADY_DECIDED, used.getOutcome());
    assertEquals(RequestStatus.REQUEST_STATUS_DECLINED, used.getLink().getStatus());
  }

  @Test
  void links_hold_for_a_week_to_the_very_instant() {
    String link = acme.link(request, VIEWER);
    CLOCK.set(CLOCK.now().plus(Duration.ofDays(7)).minusNanos(1_000));
    assertEquals(LinkState.LINK_STATE_OPEN, acme.look(link).getState());
    CLOCK.set(CLOCK.now().plusNanos(1_000));
    assertEquals(LinkState.LINK_STATE_EXPIRED, acme.look(link).getState());
    assertEquals(LinkOutcome.LINK_OUTCOME_EXPIRED, acme.outcome(link));
    assertEquals(RequestStatus.REQUEST_STATUS_EXPIRED, acme.use(link).getLink().getStatus());
    assertEquals(Level.LEVEL_NONE, acme.level("fay", "d"));
  }

  @Test
  void links_that_were_sent_to_an_addressee_before_are_dead() {
    String old = acme.link(request, VIEWER);
    acme.transfer("ada", "d", "bo");
    assertVoid(old);
    assertEquals(LinkOutcome.LINK_OUTCOME_APPLIED, acme.outcome(acme.link(request, VIEWER)));
    assertVoid(old);
    assertEquals("bo", acme.request(request).getDecidedById());
  }

  @Test
  void a_dead_link_of_an_ended_request_is_dead_before_it_is_ended() {
    String old = acme.link(request, VIEWER);
    acme.transfer("ada", "d", "bo");
    CLOCK.set(CLOCK.now().plus(Duration.ofDays(7)));
    assertVoid(old);
    assertEquals(LinkOutcome.LINK_OUTCOME_EXPIRED, acme.outcome(acme.link(request, VIEWER)));
  }

  @Test
  void links_of_a_cancelled_request_are_dead() {
    List<String> links = ALL.stream().map(label -> acme.link(request, label)).toList();
    acme.cancel("fay", request);
    links.forEach(this::assertVoid);
  }

  @Test
  void links_of_a_disabled_requester_grant_nothing_even_once_enabled() {
    String link = acme.link(request, EDITOR);
    acme.disable("fay");
    assertVoid(link);
    acme.enable("fay");
    assertVoid(link);
  }

  @Test
  void a_link_takes_the_rights_of_its_holder_of_now() {
    String link = acme.link(request, EDITOR);
    acme.disable("cal");
    assertVoid(link);
    acme.enable("cal");
    assertVoid(link);
    acme.role("ada", Role.ROLE_ADMIN);
    assertEquals(LinkOutcome.LINK_OUTCOME_APPLIED, acme.outcome(acme.link(request, EDITOR)));
    assertEquals("ada", acme.request(request).getDecidedById());
  }

  @Test
  void nobody_tells_unknown_malformed_dead_and_cancelled_tokens_apart() {
    String dead = acme.link(request, VIEWER);
    acme.transfer("ada", "d", "bo");
    String cancelled = acme.link(request, VIEWER);
    acme.cancel("fay", request);
    for (String token :
        List.of(
            "A".repeat(43),
            "",
            "no such token",
            "x".repeat(100_000),
            "é\u0000\n".repeat(20),
            dead,
            cancelled,
            dead + "A",
            dead.toUpperCase(java.util.Locale.ROOT))) {
      assertVoid(token);
    }
  }

  @Test
  void a_link_never_gives_less_than_somebody_has() {
    acme.draft("cal", "plan", Level.LEVEL_EDITOR);
    String ask = acme.asked("fay", "plan");
    UseLinkResponse used = acme.use(acme.link(ask, VIEWER));
    assertEquals(Level.LEVEL_EDITOR, used.getLink().getLevel());
    assertEquals(RequestDecision.REQUEST_DECISION_APPROVE_VIEWER, used.getLink().getDecision());
  }

  @Test
  void a_link_of_what_is_gone_since_it_was_decided_has_no_names() {
    String link = acme.link(request, VIEWER);
    acme.outcome(link);
    acme.deleteDashboard("cal", "d");
    acme.delete("fay");
    UseLinkResponse used = acme.use(link);
    assertEquals(LinkOutcome.LINK_OUTCOME_ALREADY_DECIDED, used.getOutcome());
    assertEquals("", used.getLink().getDashboardName());
    assertEquals("", used.getLink().getRequesterName());
  }

  @Test
  void a_used_link_names_nothing_that_its_addressee_may_not_see_by_now() {
    String link = acme.link(request, VIEWER);
    assertEquals("Dashboard d", acme.use(link).getLink().getDashboardName());
    acme.transfer("ada", "d", "bo");
    assertNames("Dashboard d", "Name of fay", link);

    acme.give("bo", "d", "cal", Level.LEVEL_VIEWER);
    assertNames("Dashboard d", "", link);
    acme.give("bo", "d", "cal", Level.LEVEL_NONE);
    assertNames("", "", link);
    acme.give("bo", "d", "cal", Level.LEVEL_EDITOR);
    assertNames("Dashboard d", "Name of fay", link);
    acme.disable("cal");
    assertNames("", "", link);
  }

  private void assertNames(String dashboard, String requester, String link) {
    for (LinkFacts facts : List.of(acme.look(link).getLink(), acme.use(link).getLink())) {
      assertEquals(RequestStatus.REQUEST_STATUS_APPROVED, facts.getStatus());
      assertEquals(dashboard, facts.getDashboardName());
      assertEquals(requester, facts.getRequesterName());
    }
  }

  @Test
  void every_mail_has_links_of_its_own() {
    String first = acme.link(request, VIEWER);
    acme.transfer("ada", "d", "bo");
    assertNotEquals(first, acme.link(request, VIEWER));
    assertEquals(first, acme.firstLink(request, VIEWER));
    assertEquals(3, ALL.stream().map(label -> acme.link(request, label)).distinct().count());
  }

  private void assertVoid(String token) {
    assertEquals(
        LookAtLinkResponse.newBuilder().setState(LinkState.LINK_STATE_VOID).build(),
        acme.look(token));
    assertEquals(
        UseLinkResponse.newBuilder().setOutcome(LinkOutcome.LINK_OUTCOME_VOID).build(),
        acme.use(token));
  }
}
