package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.v1.EntryToSet;
import dev.sightline.v1.Level;
import dev.sightline.v1.MailKind;
import dev.sightline.v1.RequestDecision;
import dev.sightline.v1.RequestStatus;
import dev.sightline.v1.Role;
import dev.sightline.v1.UpdateAccessRequest;
import io.grpc.Status.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is written to when access changes, at once or when a draft is published. */
class SharingMailTest {
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
    acme.draft("cal", "plan", Level.LEVEL_NONE);
  }

  @Test
  void somebody_who_is_let_in_is_told_by_whom() {
    acme.share("cal", "d", "fay", Level.LEVEL_VIEWER);
    acme.give("cal", "d", "eli", Level.LEVEL_EDITOR);
    assertEquals(List.of("SHARED fay d VIEWER", "SHARED eli d EDITOR"), acme.mails());
    String said = acme.saidLast(MailKind.MAIL_KIND_SHARED);
    assertTrue(said.startsWith("Dashboard d has been shared with you\n"), said);
    assertTrue(said.contains("Name of cal"), said);
  }

  @Test
  void a_changed_level_an_entry_of_none_and_a_removal_write_to_nobody() {
    acme.give("cal", "d", "fay", Level.LEVEL_VIEWER);
    acme.mails();
    acme.give("cal", "d", "fay", Level.LEVEL_EDITOR);
    acme.give("cal", "d", "fay", Level.LEVEL_VIEWER);
    acme.give("cal", "d", "fay", Level.LEVEL_NONE);
    acme.remove("cal", "d", "fay");
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void somebody_who_was_shut_out_or_whose_entry_has_ended_is_told_again() {
    acme.give("cal", "d", "fay", Level.LEVEL_NONE);
    acme.giveFor("cal", "d", "eli", Level.LEVEL_EDITOR, Duration.ofHours(1));
    CLOCK.set(CLOCK.now().plus(Duration.ofHours(1)));
    acme.mails();
    acme.share("cal", "d", "fay", Level.LEVEL_VIEWER);
    acme.share("cal", "d", "eli", Level.LEVEL_VIEWER);
    assertEquals(List.of("SHARED fay d VIEWER", "SHARED eli d VIEWER"), acme.mails());
  }

  @Test
  void sharing_what_somebody_has_already_tells_nobody() {
    acme.give("cal", "d", "fay", Level.LEVEL_EDITOR);
    acme.mails();
    assertFalse(acme.share("cal", "d", "fay", Level.LEVEL_VIEWER).getChanged());
    assertEquals(Level.LEVEL_EDITOR, acme.level("fay", "d"));
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void nobody_is_told_of_what_they_did_themselves() {
    acme.give("ada", "d", "ada", Level.LEVEL_EDITOR);
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void a_mail_to_an_admin_says_editor() {
    acme.share("cal", "d", "bo", Level.LEVEL_VIEWER);
    assertEquals(List.of("SHARED bo d EDITOR"), acme.mails());
  }

  @Test
  void disabled_users_get_no_mail() {
    acme.disable("fay");
    acme.share("cal", "d", "fay", Level.LEVEL_VIEWER);
    acme.share("cal", "plan", "fay", Level.LEVEL_VIEWER);
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void whoever_hands_a_dashboard_over_becomes_an_editor_without_a_mail() {
    acme.transfer("cal", "d", "ada");
    assertEquals(Level.LEVEL_EDITOR, acme.level("cal", "d"));
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void giving_the_requester_an_entry_by_hand_approves_the_request() {
    String fays = acme.asked("fay", "d");
    String elis = acme.asked("eli", "d");
    acme.mails();
    acme.give("ada", "d", "fay", Level.LEVEL_EDITOR);
    acme.share("ada", "d", "eli", Level.LEVEL_VIEWER);
    assertEquals(List.of("APPROVED fay d EDITOR", "APPROVED eli d VIEWER"), acme.mails());
    assertEquals(RequestStatus.REQUEST_STATUS_APPROVED, acme.status(fays));
    assertEquals("ada", acme.request(elis).getDecidedById());
    assertEquals(Level.LEVEL_VIEWER, acme.request(elis).getLevel());
    Refusals.assertRefused(
        Code.FAILED_PRECONDITION, "REQUEST_NOT_PENDING", () -> acme.decline("cal", fays));
  }

  @Test
  void so_does_giving_the_one_that_is_there_already_but_not_a_share_that_leaves_it() {
    acme.give("cal", "plan", "fay", Level.LEVEL_VIEWER);
    String request = acme.asked("fay", "plan");
    acme.share("cal", "plan", "fay", Level.LEVEL_VIEWER);
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, acme.status(request));
    assertTrue(acme.give("cal", "plan", "fay", Level.LEVEL_VIEWER).getChanged());
    assertEquals(RequestStatus.REQUEST_STATUS_APPROVED, acme.status(request));
    acme.mails();
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of("APPROVED fay plan VIEWER"), acme.mails());
  }

  @Test
  void shutting_the_requester_out_or_a_team_entry_approves_nothing() {
    String request = acme.asked("fay", "d");
    acme.mails();
    acme.give("cal", "d", "fay", Level.LEVEL_NONE);
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, acme.status(request));
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void what_is_told_of_a_draft_waits_for_its_publication_and_says_the_level_of_then() {
    acme.share("cal", "plan", "fay", Level.LEVEL_VIEWER);
    acme.give("cal", "plan", "fay", Level.LEVEL_EDITOR);
    acme.share("ada", "plan", "eli", Level.LEVEL_VIEWER);
    assertEquals(List.of(), acme.mails());
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of("SHARED eli plan VIEWER", "SHARED fay plan EDITOR"), acme.mails());
    acme.setDraft("cal", "plan", true);
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void of_what_waits_for_one_person_the_later_stands() {
    acme.share("cal", "plan", "fay", Level.LEVEL_VIEWER);
    acme.approve("cal", acme.asked("fay", "plan"));
    acme.mails();
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of("APPROVED fay plan VIEWER"), acme.mails());
  }

  @Test
  void whoever_was_approved_on_a_draft_cannot_ask_again() {
    acme.approve("cal", acme.asked("fay", "plan"));
    Refusals.assertRefused(
        Code.FAILED_PRECONDITION, "WAITS_FOR_PUBLICATION", () -> acme.ask("fay", "plan"));
    acme.remove("cal", "plan", "fay");
    acme.ask("fay", "plan");
  }

  @Test
  void whoever_was_shared_a_draft_may_ask_all_the_same() {
    acme.share("cal", "plan", "fay", Level.LEVEL_VIEWER);
    acme.ask("fay", "plan");
  }

  @Test
  void a_removed_entry_an_entry_of_none_and_becoming_the_owner_drop_what_waits() {
    acme.share("cal", "plan", "fay", Level.LEVEL_VIEWER);
    acme.share("cal", "plan", "eli", Level.LEVEL_VIEWER);
    acme.share("cal", "plan", "dee", Level.LEVEL_EDITOR);
    acme.companyDefault("cal", "plan", Level.LEVEL_VIEWER);
    acme.remove("cal", "plan", "fay");
    acme.give("cal", "plan", "eli", Level.LEVEL_NONE);
    acme.transfer("cal", "plan", "dee");
    acme.transfer("dee", "plan", "cal");
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void inheriting_a_draft_drops_what_waits_for_the_heir() {
    acme.share("cal", "plan", "ada", Level.LEVEL_VIEWER);
    acme.delete("cal");
    acme.setDraft("ada", "plan", false);
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void whoever_may_no_longer_look_or_is_disabled_by_then_is_not_told() {
    acme.giveFor("cal", "plan", "fay", Level.LEVEL_VIEWER, Duration.ofHours(1));
    acme.share("cal", "plan", "eli", Level.LEVEL_VIEWER);
    acme.share("cal", "plan", "dee", Level.LEVEL_VIEWER);
    CLOCK.set(CLOCK.now().plus(Duration.ofHours(1)));
    acme.disable("eli");
    acme.delete("dee");
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of(), acme.mails());
    acme.enable("eli");
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void what_counts_for_a_draft_is_who_is_active_when_it_is_published() {
    acme.disable("fay");
    acme.share("cal", "plan", "fay", Level.LEVEL_VIEWER);
    acme.enable("fay");
    assertEquals(List.of(), acme.mails());
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of("SHARED fay plan VIEWER"), acme.mails());
  }

  @Test
  void an_ended_entry_leaves_what_the_default_gives() {
    acme.giveFor("cal", "plan", "fay", Level.LEVEL_EDITOR, Duration.ofHours(1));
    acme.companyDefault("cal", "plan", Level.LEVEL_VIEWER);
    CLOCK.set(CLOCK.now().plus(Duration.ofHours(1)));
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of("SHARED fay plan VIEWER"), acme.mails());
  }

  @Test
  void a_draft_that_was_shared_by_somebody_gone_is_shared_by_its_owner() {
    acme.give("cal", "plan", "dee", Level.LEVEL_EDITOR);
    acme.share("bo", "plan", "fay", Level.LEVEL_VIEWER);
    acme.delete("bo");
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of("SHARED dee plan EDITOR", "SHARED fay plan VIEWER"), acme.mails());
    assertTrue(acme.saidLast(MailKind.MAIL_KIND_SHARED).contains("Name of cal"));
  }

  @Test
  void deleting_a_draft_tells_nobody() {
    acme.share("cal", "plan", "fay", Level.LEVEL_VIEWER);
    acme.deleteDashboard("cal", "plan");
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void approving_as_editor_while_it_is_a_draft_is_told_with_the_level_of_then() {
    String request = acme.asked("fay", "plan");
    acme.decide("cal", request, RequestDecision.REQUEST_DECISION_APPROVE_EDITOR);
    acme.give("cal", "plan", "fay", Level.LEVEL_VIEWER);
    acme.mails();
    acme.setDraft("cal", "plan", false);
    assertEquals(List.of("APPROVED fay plan VIEWER"), acme.mails());
  }

  @Test
  void a_rehearsal_tells_nobody_and_approves_nothing() {
    String request = acme.asked("fay", "d");
    acme.mails();
    var rehearsed =
        node.dashboards.updateAccess(
            UpdateAccessRequest.newBuilder()
                .setOrganizationId(acme.organization)
                .setActor(Orgs.actor("cal"))
                .setDashboardId("d")
                .setCompanyDefault(Level.LEVEL_VIEWER)
                .addSet(EntryToSet.newBuilder().setUserId("fay").setLevel(Level.LEVEL_EDITOR))
                .setDryRun(true)
                .build());
    assertEquals(3, rehearsed.getEffectCount());
    assertEquals(RequestStatus.REQUEST_STATUS_PENDING, acme.status(request));
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void a_team_entry_writes_to_nobody() {
    var teams = new AskingTeams(acme);
    teams.create("red", "fay");
    teams.give("cal", "d", "red", Level.LEVEL_VIEWER);
    assertEquals(Level.LEVEL_VIEWER, acme.level("fay", "d"));
    assertEquals(List.of(), acme.mails());
  }

  @Test
  void an_admin_by_role_alone_is_not_told_and_has_nothing_to_ask_for() {
    String request = acme.asked("fay", "d");
    acme.mails();
    acme.role("fay", Role.ROLE_ADMIN);
    assertEquals(RequestStatus.REQUEST_STATUS_CANCELLED, acme.status(request));
    assertEquals(List.of(), acme.mails());
  }
}
