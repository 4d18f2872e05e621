package dev.sightline.junit;

import dev.sightline.StoryClock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The clock of the server that a test has to itself. It stands still until the test moves it; from
 * then on, every check sees what has ended meanwhile as over. It only goes forward. It counts whole
 * microseconds, as the service does, in the years 1970 to 9999; what is finer is cut off.
 *
 * <p>An {@link InstantSource}, so that the code under test can go by the same time. Safe for
 * threads.
 *
 * {@snippet file="dev/sightline/junit/ExamplesTest.java" region="clock"}
 */
public final class TestClock implements InstantSource {
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private final StoryClock story;

  TestClock(Instant start) {
    story = new StoryClock(inRange(start));
  }

  /** The clock as the server takes it. */
  StoryClock story() {
    return story;
  }

  /** What the clock says. */
  public Instant now() {
    return story.now();
  }

  /** The same as {@link #now}. */
  @Override
  public Instant instant() {
    return now();
  }

  /**
   * Sets the clock; to what it says already, if that is meant.
   *
   * @throws IllegalArgumentException if that is earlier than now, or not of 1970 to 9999
   */
  public synchronized void set(Instant instant) {
    Instant then = inRange(instant);
    Instant now = now();
    if (then.isBefore(now)) {
      throw new IllegalArgumentException(
          "The clock says "
              + now
              + " and cannot go back to "
              + then
              + ", or what has ended would begin again."
              + " Set it to a later instant; @ClockStartsAt makes a test begin at an earlier one.");
    }
    story.set(then);
  }

  /**
   * Moves the clock forward by so much.
   *
   * @throws IllegalArgumentException if that is less than nothing, or leads beyond the year 9999
   */
  public synchronized void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "The clock cannot be advanced by " + duration + ": it only goes forward.");
    }
    set(later(duration));
  }

  private Instant later(Duration duration) {
    try {
      return now().plus(duration);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "The clock says " + now() + "; " + duration + " later is beyond the year 9999.", e);
    }
  }

  private static Instant inRange(Instant instant) {
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "The clock cannot say " + instant + ", only instants of the years 1970 to 9999.");
    }
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public String toString() {
    return "TestClock[" + now() + "]";
  }
}
