package dev.sightline.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.Actor;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.Organization;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A class with one instance for all its tests, which run in parallel. */
@TestInstance(Lifecycle.PER_CLASS)
class OneInstanceTest {
  @RegisterExtension static final SightlineExtension sightline = new SightlineExtension();

  private final TestOrganization shared;
  private final Organization acme;

  OneInstanceTest(TestOrganization shared, Organization acme) {
    this.shared = shared;
    this.acme = acme;
  }

  @BeforeAll
  void fill(Actor admin) {
    admin.createDashboard(NewDashboard.named("Sales").withId("sales"));
  }

  @RepeatedTest(2)
  void the_class_has_an_organization_and_each_test_another(
      TestOrganization place, Organization own, Actor admin) {
    assertNotEquals(shared, place);
    assertTrue(acme.canView(SightlineExtension.ADMIN, "sales").allowed());
    assertFalse(own.canView(SightlineExtension.ADMIN, "sales").allowed());
    admin.createDashboard(NewDashboard.named("Costs").withId("costs"));
    assertFalse(acme.canView(SightlineExtension.ADMIN, "costs").allowed());
  }

  @Nested
  class With_an_instance_for_each_test {
    private final TestOrganization own;

    With_an_instance_for_each_test(TestOrganization own) {
      this.own = own;
    }

    @RepeatedTest(2)
    void the_instance_is_the_tests_and_the_one_around_it_is_not(TestOrganization place) {
      assertEquals(own, place);
      assertNotEquals(shared, place);
    }
  }

  @Nested
  @ClockStartsAt("2021-01-01T00:00:00Z")
  @TestInstance(Lifecycle.PER_CLASS)
  class With_a_clock {
    private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");
    private static final Instant HOUR_LATER = START.plus(Duration.ofHours(1));

    private final TestClock clock;

    With_a_clock(TestClock clock) {
      this.clock = clock;
    }

    @BeforeAll
    void an_hour_passes(TestClock same) {
      same.advance(Duration.ofHours(1));
    }

    @Test
    void the_class_has_one(TestOrganization place) {
      assertEquals(HOUR_LATER, clock.now());
      assertEquals(sightline.target(), place.target());
    }

    @Test
    @ClockStartsAt("2022-01-01T00:00:00Z")
    void a_test_that_takes_one_has_another(TestClock own) {
      assertEquals(Instant.parse("2022-01-01T00:00:00Z"), own.now());
      assertEquals(HOUR_LATER, clock.now());
    }
  }

  /** The class around it is constructed for it, before it: so it is asked first. */
  @Nested
  class With_one_more_around_it {
    private final TestOrganization around;

    With_one_more_around_it(TestOrganization around) {
      this.around = around;
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class With_a_clock_inside {
      private final TestClock clock;

      With_a_clock_inside(TestClock clock) {
        this.clock = clock;
      }

      @Test
      void both_are_on_the_server_of_the_inner_class(TestOrganization place) {
        assertNotEquals(sightline.target(), around.target());
        assertEquals(sightline.target(), place.target());
        clock.advance(Duration.ofDays(1));
      }
    }
  }
}
