package dev.sightline;

import static dev.sightline.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.TestService.Node;
import dev.sightline.change.Instants;
import dev.sightline.store.ChainCheck;
import dev.sightline.v1.ChangeRoleRequest;
import dev.sightline.v1.DisableUserRequest;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.Level;
import dev.sightline.v1.OrganizationCounts;
import dev.sightline.v1.Role;
import dev.sightline.v1.TransferEnd;
import dev.sightline.v1.TransferHeader;
import dev.sightline.v1.TransferRecord;
import dev.sightline.v1.TransferUser;
import dev.sightline.v1.UserStatus;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an invitation to somebody who is in. */
class InvitationTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
  private static final Duration TICK = Duration.ofNanos(1_000);
  private static final String DEAD = "INVITATION_LINK_DEAD";

  private static final StoryClock CLOCK = new StoryClock(Instant.parse("2027-03-01T09:00:00Z"));
  private static TestService service;
  private static Node node;
  private static int organizations;

  private Invitees acme = new Invitees(node, "");

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
    acme = Invitees.in(node, "acme-" + ++organizations);
  }

  private static void pass(Duration duration) {
    CLOCK.set(CLOCK.now().plus(duration));
  }

  @Test
  void whoever_is_invited_is_written_to_with_a_link_that_holds_for_seven_days() {
    var invited = acme.invite("gil");
    assertEquals(UserStatus.USER_STATUS_INVITED, invited.getUser().getStatus());
    assertEquals(Instants.micros(CLOCK.now().plus(WEEK)), invited.getLinkEndsAtMicros());
    assertEquals(List.of("gil@example.org INVITATION"), acme.mails());
    assertTrue(acme.said("gil").contains("Organization " + acme.organization()));
    assertEquals(UserStatus.USER_STATUS_INVITED, acme.user("gil").getStatus());
  }

  @Test
  void only_admins_invite_and_resend() {
    Orgs.add(node, acme.organization(), "ada", "mia", Role.ROLE_MANAGER);
    acme.invite("gil");
    pass(HALF_A_MINUTE);
    for (String actor : List.of("mia", "gil", "nobody")) {
      String reason = actor.equals("mia") ? "ROLE_REQUIRED" : "ACTOR_NOT_ALLOWED";
      assertRefused(
          Code.PERMISSION_DENIED, reason, () -> acme.invite(actor, "hal", Role.ROLE_ANALYST));
      assertRefused(Code.PERMISSION_DENIED, reason, () -> acme.resend(actor, "gil"));
    }
  }

  @Test
  void an_id_that_was_used_and_an_address_in_use_cannot_be_invited() {
    acme.invite("gil");
    assertRefused(Code.ALREADY_EXISTS, "ID_TAKEN", () -> acme.invite("gil"));
    assertRefused(Code.ALREADY_EXISTS, "ID_TAKEN", () -> acme.invite("ada"));
    assertRefused(Code.ALREADY_EXISTS, "EMAIL_TAKEN", () -> acme.invite("GIL"));
    acme.delete("gil");
    assertRefused(Code.ALREADY_EXISTS, "ID_TAKEN", () -> acme.invite("gil"));
    assertEquals(
        UserStatus.USER_STATUS_INVITED,
        acme.invite("Gil").getUser().getStatus(),
        "address is free");
  }

  @Test
  void accepting_makes_the_user_active_and_their_entries_count() {
    acme.invite("gil");
    Orgs.dashboard(node, acme.organization(), "ada", "d", Level.LEVEL_NONE);
    var _ =
        node.dashboards.updateAccess(
            Orgs.give(acme.organization(), "ada", "d", "gil", Level.LEVEL_EDITOR));
    assertFalse(canView("gil", "d"));
    var accepted = acme.accept(acme.link("gil"));
    assertEquals(acme.organization(), accepted.getOrganizationId());
    assertEquals("gil", accepted.getUser().getId());
    assertEquals("gil@example.org", accepted.getUser().getEmail());
    assertEquals(UserStatus.USER_STATUS_ACTIVE, accepted.getUser().getStatus());
    assertTrue(accepted.getWritten().getChanged());
    assertTrue(canView("gil", "d"));
  }

  @Test
  void a_link_holds_up_to_the_very_end_of_seven_days_and_not_at_it() {
    acme.invite("gil");
    acme.invite("hal");
    pass(WEEK.minus(TICK));
    assertEquals("gil", acme.accept(acme.link("gil")).getUser().getId());
    pass(TICK);
    assertRefused(Code.FAILED_PRECONDITION, DEAD, () -> acme.accept(acme.link("hal")));
    assertEquals(UserStatus.USER_STATUS_INVITED, acme.user("hal").getStatus(), "still INVITED");
    acme.resend("ada", "hal");
    pass(WEEK.minus(TICK));
    assertEquals("hal", acme.accept(acme.link("hal")).getUser().getId());
  }

  @Test
  void a_new_link_is_sent_at_the_earliest_half_a_minute_after_the_last() {
    acme.invite("gil");
    assertTooSoon("30");
    pass(Duration.ofSeconds(1));
    assertTooSoon("29");
    pass(HALF_A_MINUTE.minusSeconds(1).minus(TICK));
    Instant again = CLOCK.now().plus(TICK);
    assertEquals(again.toString(), Refusals.fact(assertTooSoon("1"), "again_at"));
    assertEquals(1, acme.mails().size());
    pass(TICK);
    acme.resend("ada", "gil");
    assertEquals(2, acme.mails().size());
    assertTooSoon("30");
  }

  private StatusRuntimeException assertTooSoon(String seconds) {
    var refused =
        assertRefused(Code.RESOURCE_EXHAUSTED, "RESENT_TOO_SOON", () -> acme.resend("ada", "gil"));
    assertEquals(seconds, Refusals.fact(refused, "wait_seconds"));
    return refused;
  }

  @Test
  void a_new_link_has_seven_fresh_days_and_the_old_one_is_dead() {
    acme.invite("gil");
    pass(Duration.ofDays(6));
    var resent = acme.resend("ada", "gil");
    assertEquals(Instants.micros(CLOCK.now().plus(WEEK)), resent.getLinkEndsAtMicros());
    List<String> links = acme.links("gil");
    assertEquals(2, links.size());
    assertNotEquals(links.getFirst(), links.getLast());
    assertRefused(Code.FAILED_PRECONDITION, DEAD, () -> acme.accept(links.getFirst()));
    pass(Duration.ofDays(6));
    assertEquals("gil", acme.accept(links.getLast()).getUser().getId());
  }

  @Test
  void only_somebody_invited_is_sent_another_invitation() {
    acme.invite("gil");
    acme.accept(acme.link("gil"));
    pass(HALF_A_MINUTE);
    var active =
        assertRefused(Code.FAILED_PRECONDITION, "NOT_INVITED", () -> acme.resend("ada", "gil"));
    assertEquals("ACTIVE", Refusals.fact(active, "status"));
    var _ =
        node.directory.disableUser(
            DisableUserRequest.newBuilder()
                .setOrganizationId(acme.organization())
                .setActor(Orgs.actor("ada"))
                .setUserId("gil")
                .build());
    assertRefused(Code.FAILED_PRECONDITION, "NOT_INVITED", () -> acme.resend("ada", "gil"));
    acme.delete("gil");
    assertRefused(Code.NOT_FOUND, "USER_NOT_FOUND", () -> acme.resend("ada", "gil"));
    assertRefused(Code.NOT_FOUND, "USER_NOT_FOUND", () -> acme.resend("ada", "nobody"));
  }

  @Test
  void links_that_cannot_be_used_all_look_the_same() {
    acme.invite("gil");
    acme.invite("hal");
    acme.invite("ivy");
    String used = acme.link("gil");
    acme.accept(used);
    String replaced = acme.link("hal");
    pass(HALF_A_MINUTE);
    acme.resend("ada", "hal");
    String deleted = acme.link("ivy");
    acme.delete("ivy");
    AskingPeople asking = AskingPeople.in(node, acme.organization() + "-asking");
    asking.dashboard("cal", "d");
    String request = asking.ask("fay", "d").getRequest().getId();
    String decides = asking.link(request, "Decline");
    String ended = acme.link("hal");
    pass(WEEK);
    Set<String> words = new java.util.HashSet<>();
    for (String link :
        List.of(
            used,
            replaced,
            deleted,
            ended,
            decides,
            "",
            "x",
            "a".repeat(43),
            "A".repeat(43),
            "Ä",
            used + "A")) {
      var refused = assertRefused(Code.FAILED_PRECONDITION, DEAD, () -> acme.accept(link));
      words.add(String.valueOf(refused.getStatus().getDescription()));
    }
    assertEquals(1, words.size());
  }

  @Test
  void a_new_address_means_a_new_link_to_it_and_the_old_one_is_dead() {
    acme.invite("gil");
    acme.address("gil", "gil.tor@example.org");
    assertEquals(
        List.of("gil@example.org INVITATION", "gil.tor@example.org INVITATION"), acme.mails());
    List<String> links = acme.links("gil");
    assertRefused(Code.FAILED_PRECONDITION, DEAD, () -> acme.accept(links.getFirst()));
    assertEquals("gil.tor@example.org", acme.accept(links.getLast()).getUser().getEmail());
  }

  @Test
  void a_new_address_counts_as_a_sending_and_gives_seven_fresh_days() {
    acme.invite("gil");
    pass(Duration.ofDays(6));
    acme.address("gil", "gil.tor@example.org");
    pass(HALF_A_MINUTE.minus(TICK));
    assertTooSoon("1");
    pass(TICK);
    pass(WEEK.minus(HALF_A_MINUTE).minus(TICK));
    assertEquals("gil", acme.accept(acme.link("gil")).getUser().getId());
  }

  @Test
  void an_address_that_compares_equal_and_another_name_are_no_reason_to_write() {
    acme.invite("gil");
    acme.address("gil", "GIL@Example.org");
    acme.name("gil", "Gil Tor");
    assertEquals(1, acme.mails().size());
    assertRefused(Code.ALREADY_EXISTS, "EMAIL_TAKEN", () -> acme.address("gil", "ADA@example.org"));
    acme.accept(acme.link("gil"));
    acme.address("gil", "gil.tor@example.org");
    assertEquals(1, acme.mails().size(), "whoever is in is sent no link");
  }

  @Test
  void an_invited_admin_is_one_from_the_invitation_on_but_not_before_accepting() {
    acme.invite("ada", "gil", Role.ROLE_ADMIN);
    long invited = Instants.micros(CLOCK.now());
    assertEquals(invited, acme.user("gil").getAdminSinceMicros());
    assertRefused(Code.FAILED_PRECONDITION, "LAST_ADMIN", () -> role("ada", "ada"));
    pass(Duration.ofHours(1));
    Orgs.add(node, acme.organization(), "ada", "hal", Role.ROLE_ADMIN);
    Orgs.add(node, acme.organization(), "ada", "eve", Role.ROLE_ANALYST);
    Orgs.dashboard(node, acme.organization(), "eve", "d", Level.LEVEL_VIEWER);
    pass(Duration.ofHours(1));
    assertEquals(invited, acme.accept(acme.link("gil")).getUser().getAdminSinceMicros());
    role("hal", "ada");
    var deleted =
        node.directory.deleteUser(
            dev.sightline.v1.DeleteUserRequest.newBuilder()
                .setOrganizationId(acme.organization())
                .setActor(Orgs.actor("hal"))
                .setUserId("eve")
                .build());
    assertEquals("gil", deleted.getHeirId(), "the role has lasted longest");
  }

  private void role(String actor, String user) {
    var _ =
        node.directory.changeRole(
            ChangeRoleRequest.newBuilder()
                .setOrganizationId(acme.organization())
                .setActor(Orgs.actor(actor))
                .setUserId(user)
                .setRole(Role.ROLE_ANALYST)
                .build());
  }

  @Test
  void somebody_invited_who_was_brought_in_can_be_sent_a_link_at_once() {
    String organization = acme.organization() + "-brought-in";
    ImportRequest.Builder records = ImportRequest.newBuilder();
    records.addRecords(
        TransferRecord.newBuilder()
            .setHeader(
                TransferHeader.newBuilder().setOrganizationId(organization).setName("Acme")));
    for (String user : List.of("ada", "gil")) {
      records.addRecords(
          TransferRecord.newBuilder()
              .setUser(
                  TransferUser.newBuilder()
                      .setId(user)
                      .setName(user)
                      .setEmail(user + "@example.org")
                      .setRole(user.equals("ada") ? Role.ROLE_ADMIN : Role.ROLE_ANALYST)
                      .setStatus(
                          user.equals("ada")
                              ? UserStatus.USER_STATUS_ACTIVE
                              : UserStatus.USER_STATUS_INVITED)));
    }
    records.addRecords(
        TransferRecord.newBuilder()
            .setEnd(
                TransferEnd.newBuilder().setCounts(OrganizationCounts.newBuilder().setUsers(2))));
    var _ = Imports.send(node, List.of(records.build()));
    var there = new Invitees(node, organization);
    there.resend("ada", "gil");
    assertEquals("gil", there.accept(there.link("gil")).getUser().getId());
  }

  @Test
  void a_repeated_request_with_its_key_is_answered_alike_and_without_it_finds_a_used_link() {
    acme.invite("gil");
    String link = acme.link("gil");
    var first = acme.accept(link, "key-1");
    assertEquals(first, acme.accept(link, "key-1"));
    assertRefused(Code.FAILED_PRECONDITION, DEAD, () -> acme.accept(link, "key-2"));
    assertRefused(Code.FAILED_PRECONDITION, DEAD, () -> acme.accept(link));
    acme.invite("hal");
    assertRefused(
        Code.INVALID_ARGUMENT,
        "IDEMPOTENCY_KEY_REUSED",
        () -> acme.accept(acme.link("hal"), "key-1"));
  }

  @Test
  void a_link_that_is_used_many_times_at_once_is_used_once() throws Exception {
    acme.invite("gil");
    String link = acme.link("gil");
    List<Future<String>> outcomes = new ArrayList<>();
    try (Node other = service.node();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var elsewhere = new Invitees(other, acme.organization());
      for (int i = 0; i < 16; i++) {
        Invitees where = i % 2 == 0 ? acme : elsewhere;
        outcomes.add(
            threads.submit(() -> {
              try {
                return where.accept(link).getUser().getId();
              } catch (StatusRuntimeException refused) {
                return Refusals.reason(refused);
              }
            }));
      }
    }
    int accepted = 0;
    for (Future<String> outcome : outcomes) {
      assertTrue(List.of("gil", DEAD).contains(outcome.get()), outcome.get());
      accepted += outcome.get().equals("gil") ? 1 : 0;
    }
    assertEquals(1, accepted);
  }

  @Test
  void the_log_has_no_actor_for_an_acceptance_and_the_link_for_its_caller() {
    acme.invite("gil");
    acme.accept(acme.link("gil"));
    String record = service.lastRecord(acme.organization());
    assertTrue(record.contains("\"caller\":\"invitation link\""), record);
    assertTrue(record.contains("\"actor\":null") || !record.contains("\"actor\""), record);
    assertFalse(record.contains("ada"), record);
    assertEquals(ChainCheck.Intact.class, service.chain(acme.organization()).getClass());
  }

  private boolean canView(String user, String dashboard) {
    return Orgs.view(node, acme.organization(), user, dashboard, Orgs.FULLY_CONSISTENT)
        .getAllowed();
  }
}
