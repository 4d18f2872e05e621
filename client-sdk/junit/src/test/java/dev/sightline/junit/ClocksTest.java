package dev.sightline.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.AccessChange;
import dev.sightline.client.AccessEntry;
import dev.sightline.client.Actor;
import dev.sightline.client.End;
import dev.sightline.client.Level;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.NewUser;
import dev.sightline.client.Organization;
import dev.sightline.client.Subject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose clock it is, and what follows when it is set. The tests run in parallel. */
@ClockStartsAt("2020-02-29T12:00:00Z")
class ClocksTest {
  private static final Instant START = Instant.parse("2020-02-29T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @RegisterExtension static final SightlineExtension sightline = new SightlineExtension();

  private final Organization acme;
  private final Actor admin;

  /** Comes before any test says whether it takes a clock. */
  ClocksTest(Organization acme, Actor admin) {
    this.acme = acme;
    this.admin = admin;
  }

  @BeforeEach
  void dee_edits_for_an_hour() {
    admin.directory().addUser(NewUser.of("Dee", "dee@acme.test").withId("dee"));
    admin.createDashboard(
        NewDashboard.named("Sales").withId("sales").withCompanyDefault(Level.NONE));
    admin.changeAccess(
        "sales",
        AccessChange.empty()
            .set(new AccessEntry(Subject.user("dee"), Level.EDITOR, End.after(HOUR))));
  }

  @RepeatedTest(4)
  void tests_in_parallel_do_not_move_each_others(TestClock clock, RepetitionInfo repetition) {
    assertEquals(START, clock.now());
    var almost = HOUR.minusNanos(1000L * repetition.getCurrentRepetition());
    clock.advance(almost);
    assertEquals(START.plus(almost), clock.now());
    assertTrue(acme.canEdit("dee", "sales").allowed());
    clock.set(START.plus(HOUR));
    assertFalse(acme.canView("dee", "sales").allowed());
  }

  @Test
  void a_test_that_takes_none_is_on_the_shared_server(TestOrganization place) {
    assertEquals(sightline.target(), place.target());
    assertTrue(acme.canEdit("dee", "sales").allowed());
  }

  @Test
  void one_that_takes_it_has_a_server_of_its_own(TestOrganization place, TestClock clock) {
    assertNotEquals(sightline.target(), place.target());
    assertEquals(clock.now(), admin.directory().user("dee").createdAt());
  }

  @Test
  void an_end_says_for_how_long_an_answer_holds(TestClock clock) {
    clock.advance(Duration.ofMinutes(59));
    var valid = acme.canEdit("dee", "sales").evidence().validFor().orElseThrow();
    assertTrue(valid.compareTo(Duration.ofMinutes(1)) <= 0, valid.toString());
  }

  @Test
  void what_is_finer_than_microseconds_is_cut_off(TestClock clock) {
    clock.set(START.plusNanos(1999));
    assertEquals(START.plusNanos(1000), clock.now());
    clock.set(START.plusNanos(1001));
    assertEquals(START.plusNanos(1000), clock.instant());
  }

  @Test
  void a_century_later_the_service_still_answers(TestClock clock) {
    clock.advance(Duration.ofDays(36_525));
    assertFalse(acme.canView("dee", "sales").allowed());
    assertTrue(acme.canView(SightlineExtension.ADMIN, "sales").allowed());
    admin.renameDashboard("sales", "Sales of the century");
  }

  @Nested
  class In_a_nested_class_that_prepares_with_it {
    @BeforeEach
    void an_hour_passes(TestClock clock) {
      clock.advance(HOUR);
    }

    @Test
    void what_the_class_around_it_prepared_has_ended() {
      assertFalse(acme.canView("dee", "sales").allowed());
    }
  }
}
