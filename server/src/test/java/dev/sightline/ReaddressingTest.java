package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.AccessRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.LinkOutcome;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import dev.sightline.v1.UpdateUserRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pending requests follow whoever is to decide, and go when nothing is left to ask for. */
class ReaddressingTest {
  private static final StoryClock CLOCK = new StoryClock(Instant.parse("2027-03-01T09:00:00Z"));
  private static TestService service;
  private static Node node;
  private static int organizations;

  private AskingPeople acme;
  private AskingTeams teams;

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
    teams = new AskingTeams(acme);
    acme.dashboard("cal", "d");
  }

  @Test
  void a_request_goes_to_the_new_owner_with_new_links_and_the_old_end() {
    AccessRequest made = acme.ask("fay", "d", "For the audit").getRequest();
    acme.mails();
    CLOCK.set(CLOCK.now().plus(Duration.ofDays(2)));
    acme.transfer("cal", "d", "bo");
    AccessRequest moved = acme.request(made.getId());
    assertEquals("bo", moved.getAddresseeId());
    assertEquals(made.getEndsAtMicros(), moved.getEndsAtMicros());
    assertEquals(List.of("ACCESS_REQUESTED bo d fay"), acme.mails());
    assertTrue(acme.saidLast(MailKind.MAIL_KIND_ACCESS_REQUESTED).contains("For the audit"));
    CLOCK.set(CLOCK.now().plus(Duration.ofDays(5)));
    assertEquals(RequestStatus.REQUEST_STATUS_EXPIRED, acme.status(made.getId()));
  }

  @Test
  void it_does_so_although_the_old_owner_may_still_manage_access() {
    String request = acme.asked("fay", "d");
    acme.transfer("cal", "d", "ada");
    assertEquals(Level.LEVEL_EDITOR, acme.level("cal", "d"));
    assertEquals("ada", acme.request(request).getAddresseeId());
  }

  @Test
  void a_request_of_a_disabled_owner_goes_to_the_oldest_admin_and_stays_there() {
    String request = acme.asked("fay", "d");
    acme.mails();
    acme.disable("cal");
    assertEquals(List.of("ACCESS_REQUESTED ada d fay"), acme.mails());
    acme.enable("cal");
    assertEquals("ada", acme.request(request).getAddresseeId());
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void a_request_goes_on_when_the_admin_it_went_to_is_none_any_more() {
    acme.disable("cal");
    String request = acme.asked("fay", "d");
    acme.mails();
    acme.role("ada", Role.ROLE_ANALYST);
    assertEquals("bo", acme.request(request).getAddresseeId());
    assertEquals(List.of("ACCESS_REQUESTED bo d fay"), acme.mails());
  }

  @Test
  void nothing_happens_if_it_is_the_same_person() {
    acme.disable("cal");
    String request = acme.asked("fay", "d");
    acme.mails();
    String link = acme.link(request, "Approve as Viewer");
    acme.delete("cal");
    assertEquals("ada", acme.request(request).getAddresseeId());
    assertEquals(List.of(), acme.mails());
    assertEquals(LinkOutcome.LINK_OUTCOME_APPLIED, acme.outcome(link));
  }

  @Test
  void the_heir_of_a_deleted_owner_gets_the_request() {
    String request = acme.asked("fay", "d");
    acme.mails();
    acme.delete("cal");
    assertEquals("ada", acme.request(request).getAddresseeId());
    assertEquals(List.of("ACCESS_REQUESTED ada d fay"), acme.mails());
  }

  @Test
  void an_addressee_with_a_new_address_gets_new_mails_with_new_links() {
    String request = acme.asked("fay", "d");
    String old = acme.link(request, "Decline");
    acme.mails();
    address("cal", "cal@elsewhere.example");
    assertEquals(List.of("ACCESS_REQUESTED cal d fay"), acme.mails());
    assertEquals(LinkOutcome.LINK_OUTCOME_VOID, acme.outcome(old));
    address("cal", "CAL@elsewhere.example");
    assertEquals(List.of(), acme.mails());
    assertEquals(LinkOutcome.LINK_OUTCOME_APPLIED, acme.outcome(acme.link(request, "Decline")));
  }

  @Test
  void a_requester_who_can_manage_access_by_now_has_nothing_left_to_ask_for() {
    String byDefault = acme.asked("fay", "d");
    acme.companyDefault("cal", "d", Level.LEVEL_EDITOR);
    assertEquals(RequestStatus.REQUEST_STATUS_CANCELLED, acme.status(byDefault));
    acme.companyDefault("cal", "d", Level.LEVEL_NONE);
    teams.create("red", "fay");
    String byTeam = acme.asked("fay", "d");
    teams.give("cal", "d", "red", Level.LEVEL_VIEWER);
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, acme.status(byTeam));
    teams.give("cal", "d", "red", Level.LEVEL_EDITOR);
    assertEquals(RequestStatus.REQUEST_STATUS_CANCELLED, acme.status(byTeam));
    assertEquals(List.of("ACCESS_REQUESTED cal d fay", "ACCESS_REQUESTED cal d fay"), acme.mails());
  }

  @Test
  void it_counts_at_once_when_an_end_makes_the_requester_an_editor() {
    teams.create("red", "fay");
    teams.give("cal", "d", "red", Level.LEVEL_EDITOR);
    acme.giveFor("cal", "d", "fay", Level.LEVEL_NONE, Duration.ofHours(1));
    String request = acme.asked("fay", "d");
    CLOCK.set(CLOCK.now().plus(Duration.ofHours(1)).minusNanos(1_000));
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, acme.status(request));
    String link = acme.link(request, "Approve as Viewer");
    CLOCK.set(CLOCK.now().plusNanos(1_000));
    assertEquals(RequestStatus.REQUEST_STATUS_CANCELLED, acme.status(request));
    assertEquals(LinkOutcome.LINK_OUTCOME_VOID, acme.outcome(link));
    CLOCK.set(CLOCK.now().plus(Duration.ofDays(8)));
    assertEquals(RequestStatus.REQUEST_STATUS_CANCELLED, acme.status(request));
  }

  @Test
  void it_goes_with_the_requester_and_with_the_dashboard_and_nobody_is_told() {
    acme.dashboard("cal", "e");
    String disabled = acme.asked("fay", "d");
    String deleted = acme.asked("eli", "d");
    String gone = acme.asked("dee", "e");
    acme.mails();
    acme.disable("fay");
    acme.delete("eli");
    acme.deleteDashboard("cal", "e");
    for (String request : List.of(disabled, deleted, gone)) {
      assertEquals(RequestStatus.REQUEST_STATUS_CANCELLED, acme.status(request));
    }
    assertEquals(List.of(), acme.mails());
  }

  private void address(String user, String email) {
    var _ =
        node.directory.updateUser(
            UpdateUserRequest.newBuilder()
                .setOrganizationId(acme.organization)
                .setActor(Orgs.actor("ada"))
                .setUserId(user)
                .setEmail(email)
                .build());
  }
}
