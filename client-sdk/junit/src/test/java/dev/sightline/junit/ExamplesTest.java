package dev.sightline.junit;

import static dev.sightline.client.Level.NONE;
import static dev.sightline.client.Level.VIEWER;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sightline.client.AccessChange;
import dev.sightline.client.AccessEntry;
import dev.sightline.client.Actor;
import dev.sightline.client.End;
import dev.sightline.client.NewDashboard;
import dev.sightline.client.NewUser;
import dev.sightline.client.Organization;
import dev.sightline.client.Sightline;
import dev.sightline.client.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The examples in the documentation, which run, and that they are there. */
@ExtendWith(SightlineExtension.class)
class ExamplesTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/sightline/junit");
  private static final Pattern SNIPPET =
      Pattern.compile("\\{@snippet file=\"([A-Za-z/]+\\.java)\" region=\"([a-z]+)\"}");

  /** A machine that builds and tests may be busy. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  // @start region="clock"
  @Test
  void the_code_under_test_goes_by_the_same_clock(TestClock clock) {
    var reminders = new Reminders(clock.withZone(ZoneOffset.UTC));
    clock.advance(Duration.ofDays(7));
    assertTrue(reminders.areDue());
  }

  // @end

  /** Code under test that knows the time. */
  private static final class Reminders {
    private final InstantSource clock;
    private final Instant since;

    Reminders(Clock clock) {
      this.clock = clock;
      this.since = clock.instant();
    }

    boolean areDue() {
      return !clock.instant().isBefore(since.plus(Duration.ofDays(7)));
    }
  }

  // @start region="start"
  @Test
  @ClockStartsAt("2028-02-29T23:00:00Z")
  void access_until_the_end_of_the_month_ends_with_it(
      Organization acme, Actor admin, TestClock clock) {
    admin.directory().addUser(NewUser.of("Dee", "dee@acme.test").withId("dee"));
    admin.createDashboard(NewDashboard.named("Sales").withId("sales").withCompanyDefault(NONE));
    var march = Instant.parse("2028-03-01T00:00:00Z");
    var untilMarch = new AccessEntry(Subject.user("dee"), VIEWER, End.at(march));
    admin.changeAccess("sales", AccessChange.empty().set(untilMarch));

    clock.set(march.minusMillis(1));
    assertTrue(acme.canView("dee", "sales").allowed());
    clock.set(march);
    assertFalse(acme.canView("dee", "sales").allowed());
  }

  // @end

  // @start region="place"
  @Test
  void the_application_connects_by_itself(TestOrganization place, Organization acme, Actor admin) {
    admin.createDashboard(NewDashboard.named("Sales").withId("sales"));
    try (Sightline own = Sightline.connect(place.target()).deadline(PATIENT).open()) {
      assertTrue(own.organization(place.id()).canView(SightlineExtension.ADMIN, "sales").allowed());
    }
    assertFalse(acme.canView("somebody", "sales").allowed());
  }

  // @end

  @Test
  void every_example_that_the_documentation_shows_is_there() throws IOException {
    int shown = 0;
    for (Path source : javaFiles()) {
      var snippet = SNIPPET.matcher(Files.readString(source));
      while (snippet.find()) {
        String examples = Files.readString(Path.of("src/test/java", snippet.group(1)));
        assertTrue(
            examples.contains("@start region=\"" + snippet.group(2) + "\""),
            source + " shows an example that is not there: " + snippet.group(2));
        shown++;
      }
    }
    assertTrue(shown >= 5, shown + " examples");
  }

  @Test
  void the_page_about_the_module_shows_the_test_that_runs() {
    String test = read(Path.of("src/test/java/dev/sightline/junit/DashboardAccessTest.java"));
    String shown = test.substring(test.indexOf("@ExtendWith"), test.lastIndexOf("// @"));
    assertTrue(read(Path.of("README.md")).contains(shown), shown);
  }

  private static List<Path> javaFiles() throws IOException {
    try (var files = Files.list(SOURCES)) {
      return files.toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
