package dev.sightline.junit;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Whether a test asks for a clock, which must be known before it is given anything: an organization
 * lives on one server, and only a server of the test's own has a clock to set. So this looks at
 * everything that takes parameters for the test, whichever comes first.
 */
final class ClockWish {
  private ClockWish() {}

  /** Whether a test, or else a class with what runs once for all its tests, takes a clock. */
  static boolean isMadeBy(ExtensionContext context) {
    return constructedFor(context).anyMatch(ClockWish::constructorTakesClock)
        || (isTest(context) ? isMadeByTest(context) : isMadeByClass(context));
  }

  private static boolean isMadeByTest(ExtensionContext test) {
    return takesClock(test.getRequiredTestMethod())
        || classes(test).anyMatch(it -> anyTakesClock(it, BeforeEach.class))
        || classes(test).anyMatch(it -> anyTakesClock(it, AfterEach.class));
  }

  private static boolean isMadeByClass(ExtensionContext type) {
    return isClass(type)
        && (anyTakesClock(type, BeforeAll.class) || anyTakesClock(type, AfterAll.class));
  }

  /** What the clock is to say at first. */
  static Instant start(ExtensionContext context) {
    return withAncestors(context)
        .map(it -> AnnotationSupport.findAnnotation(it.getElement(), ClockStartsAt.class))
        .flatMap(Optional::stream)
        .findFirst()
        .map(ClockWish::parsed)
        .orElseGet(() -> Instant.now().truncatedTo(SECONDS));
  }

  private static Instant parsed(ClockStartsAt start) {
    try {
      return Instant.parse(start.value());
    } catch (DateTimeParseException e) {
      throw new ExtensionConfigurationException(
          "@ClockStartsAt(\""
              + start.value()
              + "\") names no instant; write it like 2027-01-31T09:00:00Z.",
          e);
    }
  }

  private static boolean anyTakesClock(ExtensionContext type, Class<? extends Annotation> kind) {
    return AnnotationSupport.findAnnotatedMethods(
            type.getRequiredTestClass(), kind, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .anyMatch(ClockWish::takesClock);
  }

  private static boolean constructorTakesClock(ExtensionContext type) {
    return Arrays.stream(type.getRequiredTestClass().getDeclaredConstructors())
        .anyMatch(ClockWish::takesClock);
  }

  private static boolean takesClock(Executable executable) {
    return Arrays.asList(executable.getParameterTypes()).contains(TestClock.class);
  }

  /**
   * The classes that are constructed for a test, or for a class with one instance for all tests:
   * those around it, too, up to one that has such an instance itself.
   */
  private static Stream<ExtensionContext> constructedFor(ExtensionContext context) {
    if (isTest(context)) {
      return classes(context).takeWhile(ClockWish::isConstructedForEach);
    }
    if (!isClass(context) || isConstructedForEach(context)) {
      return Stream.empty();
    }
    var around = classes(context).skip(1).takeWhile(ClockWish::isConstructedForEach);
    return Stream.concat(Stream.of(context), around);
  }

  private static boolean isConstructedForEach(ExtensionContext type) {
    return !type.getTestInstanceLifecycle().equals(Optional.of(Lifecycle.PER_CLASS));
  }

  /** The class of a test, or a class itself, and those around it, from the inside. */
  private static Stream<ExtensionContext> classes(ExtensionContext context) {
    return withAncestors(context).filter(ClockWish::isClass);
  }

  private static boolean isTest(ExtensionContext context) {
    return context.getTestMethod().isPresent();
  }

  private static boolean isClass(ExtensionContext context) {
    return context.getTestClass().isPresent() && !isTest(context);
  }

  private static Stream<ExtensionContext> withAncestors(ExtensionContext context) {
    return Stream.iterate(
            Optional.of(context),
            Optional::isPresent,
            it -> it.flatMap(ExtensionContext::getParent))
        .flatMap(Optional::stream);
  }
}
