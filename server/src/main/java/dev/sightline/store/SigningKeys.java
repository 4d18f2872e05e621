package dev.sightline.store;

import static dev.sightline.store.jooq.Tables.SIGNING_KEY;

import java.security.SecureRandom;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * The keys that page cursors and the like are signed with, the same for all nodes. The newest
 * signs; older ones still verify until they are dropped.
 */
public final class SigningKeys {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Connections writes;
  private final Connections reads;

  SigningKeys(Connections writes, Connections reads) {
    this.writes = writes;
    this.reads = reads;
  }

  /** A key; its id goes with what it has signed. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record SigningKey(int id, byte[] key, Instant createdAt) {}

  /** The newest key, made at the first use. */
  public SigningKey current() {
    SigningKey newest = reads.read(connection -> newest(Connections.statements(connection)));
    return newest != null ? newest : rotate(0);
  }

  /** The key with this id, or null if there is none (any more). */
  public @Nullable SigningKey find(int id) {
    return reads.read(connection ->
        Connections.statements(connection)
            .selectFrom(SIGNING_KEY)
            .where(SIGNING_KEY.ID.eq(id))
            .fetchOne(SigningKeys::read));
  }

  /**
   * Makes a new key the newest. Two nodes that rotate the same key at once get one new key.
   *
   * @param newest the id of the key that has been the newest, 0 if there was none
   */
  public SigningKey rotate(int newest) {
    byte[] key = new byte[BYTES];
    RANDOM.nextBytes(key);
    return writes.write(connection -> {
      DSLContext statements = Connections.statements(connection);
      statements
          .insertInto(SIGNING_KEY)
          .set(SIGNING_KEY.ID, newest + 1)
          .set(SIGNING_KEY.KEY, key)
          .set(SIGNING_KEY.CREATED_AT, Heads.CLOCK)
          .onConflictDoNothing()
          .execute();
      SigningKey now = newest(statements);
      if (now == null) {
        throw new StoreFault("the signing key just made is missing");
      }
      return now;
    });
  }

  /** Drops the keys made before this, never the newest; returns how many. */
  public int drop(Instant before) {
    return writes.write(connection -> {
      DSLContext statements = Connections.statements(connection);
      SigningKey newest = newest(statements);
      return newest == null
          ? 0
          : statements
              .deleteFrom(SIGNING_KEY)
              .where(SIGNING_KEY.CREATED_AT.lt(before), SIGNING_KEY.ID.ne(newest.id()))
              .execute();
    });
  }

  private static @Nullable SigningKey newest(DSLContext statements) {
    return statements
        .selectFrom(SIGNING_KEY)
        .orderBy(SIGNING_KEY.ID.desc())
        .limit(1)
        .fetchOne(SigningKeys::read);
  }

  private static SigningKey read(Record row) {
    return new SigningKey(
        row.get(SIGNING_KEY.ID), row.get(SIGNING_KEY.KEY), row.get(SIGNING_KEY.CREATED_AT));
  }
}
