package dev.sightline.scenario;

import java.io.Serial;

/**
 * Something in a scenario is not as the format says; the reader tells where, as a {@link Problem}.
 */
class Malformed extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** The line at which it shows, or 0 for that of the step. */
  private final int line;

  Malformed(String message) {
    this(message, 0);
  }

  Malformed(String message, int line) {
    super(message);
    this.line = line;
  }

  /** There is no argument of this name: surely a slip of the file's author. */
  static Malformed noArgument(String message) {
    return new NoArgument(message);
  }

  /** Whether a service that got this would call it an invalid argument. */
  boolean isInvalidArgument() {
    return !(this instanceof NoArgument);
  }

  private static final class NoArgument extends Malformed {
    @Serial private static final long serialVersionUID = 1L;

    NoArgument(String message) {
      super(message);
    }
  }

  int line() {
    return line;
  }

  String said() {
    return String.valueOf(getMessage());
  }
}
