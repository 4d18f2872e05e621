package dev.sightline.store;

/**
 * The connection was lost while a COMMIT was under way: the write has happened as a whole or not at
 * all, and only the database can tell. Look the idempotency key up, or send the request again with
 * the same key.
 */
public final class CommitOutcomeUnknown extends StoreUnavailable {
  private static final long serialVersionUID = 1L;

  CommitOutcomeUnknown(Throwable cause) {
    super("the connection to the database was lost during COMMIT", cause);
  }
}
