package dev.sightline.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.sightline.client.Organization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What the author of a test reads when it is wrong. */
@ExtendWith(SightlineExtension.class)
class FailuresTest {
  /** Keeps the servers running from one run to the next. */
  @BeforeAll
  static void start(Organization held) {}

  @ClockStartsAt("2027-03-01T09:00:00Z")
  @ExtendWith(SightlineExtension.class)
  static class SetsBack {
    @Test
    void test(TestClock clock) {
      clock.set(Instant.parse("2027-02-28T09:00:00Z"));
    }
  }

  @Test
  void a_clock_that_is_set_back() {
    assertEquals(
        "The clock says 2027-03-01T09:00:00Z and cannot go back to 2027-02-28T09:00:00Z, or what"
            + " has ended would begin again. Set it to a later instant; @ClockStartsAt makes a test"
            + " begin at an earlier one.",
        failure(SetsBack.class));
  }

  @ExtendWith(SightlineExtension.class)
  static class AdvancesBackwards {
    @Test
    void test(TestClock clock) {
      clock.advance(Duration.ofMinutes(-5));
    }
  }

  @Test
  void a_clock_that_is_advanced_backwards() {
    assertEquals(
        "The clock cannot be advanced by PT-5M: it only goes forward.",
        failure(AdvancesBackwards.class));
  }

  @ExtendWith(SightlineExtension.class)
  static class AdvancesTooFar {
    @Test
    @ClockStartsAt("9999-12-31T00:00:00Z")
    void test(TestClock clock) {
      clock.advance(Duration.ofSeconds(Long.MAX_VALUE));
    }
  }

  @Test
  void a_clock_that_is_advanced_too_far() {
    assertEquals(
        "The clock says 9999-12-31T00:00:00Z; PT2562047788015215H30M7S later is beyond the year"
            + " 9999.",
        failure(AdvancesTooFar.class));
  }

  @ExtendWith(SightlineExtension.class)
  static class LeavesTheYears {
    @Test
    @ClockStartsAt("1969-12-31T23:59:59Z")
    void test(TestClock clock) {}
  }

  @Test
  void a_clock_that_starts_before_its_time() {
    assertEquals(
        "The clock cannot say 1969-12-31T23:59:59Z, only instants of the years 1970 to 9999.",
        failure(LeavesTheYears.class));
  }

  @ClockStartsAt("tomorrow")
  @ExtendWith(SightlineExtension.class)
  static class StartsTomorrow {
    @Test
    void test(TestClock clock) {}
  }

  @Test
  void a_start_that_is_no_instant() {
    assertEquals(
        "@ClockStartsAt(\"tomorrow\") names no instant; write it like 2027-01-31T09:00:00Z.",
        failure(StartsTomorrow.class));
  }

  static class AsksTooEarly {
    @RegisterExtension static final SightlineExtension SIGHTLINE = new SightlineExtension();

    private static final String TARGET = SIGHTLINE.target();

    @Test
    void test() {
      assertEquals("", TARGET);
    }
  }

  @Test
  void an_address_that_is_asked_for_too_early() {
    assertEquals(
        "The address was asked for before the tests began. Register the extension with a static"
            + " field and @RegisterExtension, and ask in @BeforeAll or later.",
        failure(AsksTooEarly.class));
  }

  /** Invokes a method that nothing tells of before. */
  static final class AsksLate implements BeforeEachCallback {
    void late(TestClock clock) {}

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
      var method = AsksLate.class.getDeclaredMethod("late", TestClock.class);
      context.getExecutableInvoker().invoke(method, this);
    }
  }

  @ExtendWith({SightlineExtension.class, AsksLate.class})
  static class IsAskedLate {
    IsAskedLate(Organization acme) {}

    @Test
    void test() {}
  }

  @Test
  void a_clock_that_is_asked_for_when_it_is_too_late() {
    assertEquals(
        "This test was already given an organization on the server that all tests share, whose"
            + " clock nobody sets. Ask for the TestClock in the test method, in @BeforeEach or in"
            + " the constructor.",
        failure(IsAskedLate.class));
  }

  /** What the one failure says, apart from where it happened. */
  private static String failure(Class<?> tests) {
    List<Throwable> failures = failures(tests);
    assertEquals(1, failures.size(), failures.toString());
    Throwable failure = failures.getFirst();
    return (saysWhere(failure) ? failure.getCause() : failure).getMessage();
  }

  private static boolean saysWhere(Throwable failure) {
    return failure.getCause() != null
        && (failure instanceof ParameterResolutionException
            || failure instanceof ExceptionInInitializerError);
  }

  private static List<Throwable> failures(Class<?> tests) {
    Events events =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute().allEvents();
    return events.failed().stream().map(FailuresTest::thrown).toList();
  }

  private static Throwable thrown(Event failed) {
    return failed.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }
}
