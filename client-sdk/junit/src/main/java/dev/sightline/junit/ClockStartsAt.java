package dev.sightline.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a test's {@link TestClock} says at first, instead of the present: for tests of a certain
 * day, such as the last of a month. On a test, or on a class for all tests in it and in its nested
 * classes; the nearest one counts.
 *
 * {@snippet file="dev/sightline/junit/ExamplesTest.java" region="start"}
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ClockStartsAt {
  /** An instant of 1970 to 9999, such as {@code 2027-01-31T09:00:00Z}. */
  String value();
}
