package dev.sightline.command;

import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.store.StoredResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is answered when a request comes again, or when nobody can tell what became of it. */
final class Answers {
  private Answers() {}

  /** The outcome of a request whose key has been used; null if it has not. */
  static <T> @Nullable Outcome<T> before(
      Idempotency<T> idempotency, @Nullable StoredResponse stored) {
    if (stored == null) {
      return null;
    }
    if (!Arrays.equals(stored.requestHash(), idempotency.requestHash())) {
      return new Outcome.Refused<>(
          Refusal.of(
              Reason.IDEMPOTENCY_KEY_REUSED,
              "The idempotency key %s was used for another request. Make up a new one for each write."
                  .formatted(idempotency.key()),
              "idempotency_key",
              idempotency.key()));
    }
    return new Outcome.Done<>(idempotency.decode().apply(stored.response()));
  }

  static <T> StoredResponse kept(Idempotency<T> idempotency, T answer) {
    return new StoredResponse(idempotency.requestHash(), idempotency.encode().apply(answer));
  }

  /**
   * Nothing was changed this time. But a key that was not looked up says that the same may have
   * been asked before, of this node or of another, and nobody here knows whether that was done.
   */
  static Refusal notBegun(@Nullable Idempotency<?> idempotency) {
    return unavailable(idempotency != null);
  }

  static Refusal unavailable(boolean outcomeUnknown) {
    return Refusal.of(
        Reason.STORE_UNAVAILABLE,
        outcomeUnknown
            ? "The database is away, and this may be done by now. Try again with the same"
                + " idempotency key; without one, look whether it is done."
            : "The database is away; nothing was changed. Try again.",
        "outcome",
        outcomeUnknown ? "UNKNOWN" : "NOT_DONE");
  }
}
