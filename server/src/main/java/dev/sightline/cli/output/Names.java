package dev.sightline.cli.output;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The contract's words as people write them: {@code LEVEL_VIEWER} is {@code viewer}. */
public final class Names {
  private static final String NEVER = "-";

  private Names() {}

  /** The short name of a value of one of the contract's enums. */
  public static String of(Enum<?> value) {
    return value.name().startsWith(prefix(value.getDeclaringClass()))
        ? spelled(value.name().substring(prefix(value.getDeclaringClass()).length()))
        : spelled(value.name());
  }

  /** What the names of an enum's values begin with: {@code LEVEL_} for {@code Level}. */
  public static String prefix(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT)
        + "_";
  }

  /** A time of the contract; {@code -} for none. */
  public static String time(long micros) {
    return micros == 0 ? NEVER : instant(micros).toString();
  }

  /** A time of the contract as an instant. */
  public static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** An instant as the contract counts it. */
  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** A text, or {@code -} for an empty one. */
  public static String orDash(String text) {
    return text.isEmpty() ? NEVER : text;
  }

  /** A number with separators between thousands. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String spelled(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
