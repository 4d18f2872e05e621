package dev.sightline.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.sightline.client.Actor;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.Organization;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

class BesideEachOtherTest {
  /** Three tests that wait for each other, so that they are certain to run at the same time. */
  @ExtendWith(SightlineExtension.class)
  static class Three {
    private static final CyclicBarrier ALL = new CyclicBarrier(3);

    @Test
    void sets_the_clock(Organization acme, Actor admin, TestClock clock) throws Exception {
      passesADay(clock, () -> makesAndSees("sales", acme, admin));
    }

    @Test
    void sets_it_too(Organization acme, Actor admin, TestClock clock) throws Exception {
      passesADay(clock, () -> makesAndSees("costs", acme, admin));
    }

    @Test
    void has_no_clock(Organization acme, Actor admin) throws Exception {
      makesAndSees("staff", acme, admin);
    }

    private static void passesADay(TestClock clock, Meeting meeting) throws Exception {
      var start = clock.now();
      clock.advance(Duration.ofDays(1));
      meeting.happens();
      assertEquals(start.plus(Duration.ofDays(1)), clock.now());
    }

    private static void makesAndSees(String own, Organization acme, Actor admin) throws Exception {
      assertFalse(acme.canView(SightlineExtension.ADMIN, own).allowed());
      admin.createDashboard(NewDashboard.named(own).withId(own));
      ALL.await(60, TimeUnit.SECONDS);
      for (String each : new String[] {"sales", "costs", "staff"}) {
        assertEquals(
            each.equals(own), acme.canView(SightlineExtension.ADMIN, each).allowed(), each);
      }
    }
  }

  private interface Meeting {
    void happens() throws Exception;
  }

  @Test
  void tests_that_run_at_the_same_time_see_only_their_own() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Three.class))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "3")
        .execute()
        .testEvents()
        .assertStatistics(it -> it.succeeded(3).failed(0));
  }
}
