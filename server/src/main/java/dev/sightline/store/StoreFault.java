package dev.sightline.store;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in this program, or rows that somebody else has altered: a statement touched another
 * number of rows than it should, a record does not decode. The transaction was rolled back.
 */
public final class StoreFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreFault(String message) {
    super(message);
  }

  StoreFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
