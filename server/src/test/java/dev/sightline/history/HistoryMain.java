package dev.sightline.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs it for as long as one likes: {@code -Dsightline.history.seconds}, {@code .seed}, {@code
 * .faults} (names with commas, {@code all} or {@code none}), {@code .bound} (in milliseconds),
 * {@code .near} ({@code false}: nobody holds answers), {@code .strict} ({@code true}: the time
 * until the receipt counts, too), {@code .figures} (a file for JSON), {@code .logs} (a folder for
 * what the nodes have logged).
 */
final class HistoryMain {
  /** Of those who wait without any fault, so many are to be told before the bound has passed. */
  private static final double EARLY = 0.99;

  private HistoryMain() {}

  public static void main(String[] arguments) throws IOException {
    var settings =
        HistorySettings.of(
                Long.getLong("sightline.history.seed", 1),
                Duration.ofSeconds(Long.getLong("sightline.history.seconds", 60)),
                faults(System.getProperty("sightline.history.faults", "all")))
            .withBound(bound())
            .withNear(isNear())
            .withLease(lease())
            .withStrict(Boolean.getBoolean("sightline.history.strict"));
    HistoryRun.Outcome outcome = HistoryRun.of(settings, HistoryMain::say);
    System.out.println(report(settings, outcome));
    writeFigures(settings, outcome);
    boolean isEarly = !settings.faults().isEmpty() || outcome.figures().early() >= EARLY;
    if (!isEarly) {
      System.out.println("Too few were told early that a write is known everywhere.");
    }
    System.exit(outcome.isRight() && isEarly ? 0 : 1);
  }

  static void writeFigures(HistorySettings settings, HistoryRun.Outcome outcome)
      throws IOException {
    String file = System.getProperty("sightline.history.figures");
    if (file != null) {
      Files.writeString(Path.of(file), outcome.figures().json(settings.bound().toMillis()));
    }
  }

  static boolean isNear() {
    return !"false".equals(System.getProperty("sightline.history.near"));
  }

  static Duration bound() {
    return Duration.ofMillis(
        Long.getLong("sightline.history.bound", HistorySettings.BOUND.toMillis()));
  }

  private static @Nullable Duration lease() {
    Long millis = Long.getLong("sightline.history.lease");
    return millis == null ? null : Duration.ofMillis(millis);
  }

  static List<String> faults(String text) {
    return switch (text) {
      case "all" -> Faults.names();
      case "none", "" -> List.of();
      default -> List.of(text.split(","));
    };
  }

  static void say(String progress) {
    System.out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + progress);
  }

  static String report(HistorySettings settings, HistoryRun.Outcome outcome) {
    return "%s%,d answers in %.0f s, %,.0f an hour; %s%nNo answer: %s%n%s"
        .formatted(
            outcome.figures().table(settings.bound().toMillis()),
            outcome.figures().answers(),
            outcome.seconds(),
            outcome.figures().answers() / outcome.seconds() * 3_600,
            outcome.isRight() ? "all are right." : "one is wrong.",
            outcome.figures().reasons(),
            outcome.story());
  }
}
