package dev.sightline.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoryDurationTest {
  @ParameterizedTest
  @CsvSource({"0s,PT0S", "90s,PT90S", "3599s,PT59M59S", "10m,PT10M", "1h,PT1H", "7d,PT168H"})
  void a_duration_is_a_number_and_a_unit(String written, Duration meant) throws Malformed {
    assertEquals(meant, StoryDuration.parse(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "10", "1.5h", "-1s", "1 h", "1w", "1H", "1h30m", "٣s"})
  void anything_else_is_refused_with_what_is_allowed(String written) {
    var malformed = assertThrows(Malformed.class, () -> StoryDuration.parse(written));

    assertTrue(malformed.said().contains("90s, 10m, 1h, 7d"), malformed.said());
  }

  @Test
  void a_duration_beyond_a_thousand_years_is_refused() throws Malformed {
    assertEquals(Duration.ofDays(365_000), StoryDuration.parse("365000d"));
    assertThrows(Malformed.class, () -> StoryDuration.parse("365001d"));
    assertThrows(Malformed.class, () -> StoryDuration.parse("99999999999d"));
  }
}
