package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sightline.TestService.Node;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkState;
import dev.sightline.v1.RequestStanding;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is said of a request is the same before and after what time has brought about is written,
 * however much of it has passed unlooked at.
 */
class UnwrittenEndsTest {
  private static final String VIEWER = "Approve as Viewer";
  private static final Duration DAY = Duration.ofDays(1);
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
  void calOwnsADashboard() {
    acme = AskingPeople.in(node, "acme-" + ++organizations);
    acme.dashboard("cal", "d");
  }

  /** Nobody looks in between. */
  private static void pass(Duration duration) {
    CLOCK.set(CLOCK.now().plus(duration));
  }

  private void assertIs(RequestStatus status, LinkState state, String request, String link) {
    for (String when : new String[] {"before it is written", "once it is written"}) {
      assertEquals(state, acme.look(link).getState(), when);
      assertEquals(status, acme.status(request), when);
      node.server().settle();
    }
  }

  /** From the end of the first day to the end of the second, fay can manage access. */
  private String asksAndIsAnEditorForOneDay() {
    var teams = new AskingTeams(acme);
    teams.create("t", "fay");
    acme.giveFor("cal", "d", "fay", Level.LEVEL_NONE, DAY);
    teams.giveFor("cal", "d", "t", Level.LEVEL_EDITOR, DAY.multipliedBy(2));
    return acme.asked("fay", "d");
  }

  @Test
  void who_could_manage_access_in_between_has_nothing_left_to_ask_for() {
    String request = asksAndIsAnEditorForOneDay();
    String link = acme.link(request, VIEWER);
    pass(DAY.multipliedBy(3));
    assertEquals(RequestStanding.REQUEST_STANDING_MAY_ASK, acme.screen("fay", "d").getStanding());
    assertIs(RequestStatus.REQUEST_STATUS_CANCELLED, LinkState.LINK_STATE_VOID, request, link);
  }

  @Test
  void and_so_it_is_when_the_request_would_be_over_too() {
    String request = asksAndIsAnEditorForOneDay();
    String link = acme.link(request, VIEWER);
    pass(DAY.multipliedBy(8));
    assertIs(RequestStatus.REQUEST_STATUS_CANCELLED, LinkState.LINK_STATE_VOID, request, link);
  }

  @Test
  void a_link_of_somebody_who_could_no_longer_decide_is_dead_though_the_request_is_over() {
    String request = acme.asked("fay", "d");
    acme.disable("cal");
    acme.giveFor("bo", "d", "ada", Level.LEVEL_EDITOR, DAY);
    acme.role("ada", Role.ROLE_ANALYST);
    String link = acme.link(request, VIEWER);
    assertEquals(LinkState.LINK_STATE_OPEN, acme.look(link).getState());
    pass(DAY.multipliedBy(8));
    assertIs(RequestStatus.REQUEST_STATUS_EXPIRED, LinkState.LINK_STATE_VOID, request, link);
    assertEquals("bo", acme.request(request).getAddresseeId());
  }

  @Test
  void a_request_that_nothing_happened_to_is_open_until_it_is_over() {
    String request = acme.asked("fay", "d");
    String link = acme.link(request, VIEWER);
    pass(DAY.multipliedBy(6));
    assertIs(RequestStatus.REQUEST_STATUS_PENDING, LinkState.LINK_STATE_OPEN, request, link);
    pass(DAY);
    assertIs(RequestStatus.REQUEST_STATUS_EXPIRED, LinkState.LINK_STATE_EXPIRED, request, link);
  }

  @Test
  void an_end_at_the_very_end_of_a_request_comes_too_late_for_it() {
    var teams = new AskingTeams(acme);
    teams.create("t", "fay");
    teams.give("cal", "d", "t", Level.LEVEL_EDITOR);
    acme.giveFor("cal", "d", "fay", Level.LEVEL_NONE, DAY.multipliedBy(7));
    String request = acme.asked("fay", "d");
    String link = acme.link(request, VIEWER);
    pass(DAY.multipliedBy(7));
    assertIs(RequestStatus.REQUEST_STATUS_EXPIRED, LinkState.LINK_STATE_EXPIRED, request, link);
  }
}
