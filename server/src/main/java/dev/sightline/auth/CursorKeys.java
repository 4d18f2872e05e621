package dev.sightline.auth;

import dev.sightline.store.SigningKeys;
import dev.sightline.store.SigningKeys.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The keys that page cursors are sealed with, shared by all nodes through the database.
 *
 * <p>Nodes look for new keys every {@link #REFRESH}. A new key seals only once it has {@link
 * #SETTLING settled}: every node has it by then, so that no cursor is met with a key that its
 * reader does not have. A key that no longer seals still opens for {@link #ACCEPTED}.
 */
public final class CursorKeys {
  /** How often {@link #refresh} should be called. */
  public static final Duration REFRESH = Duration.ofSeconds(30);

  static final Duration SETTLING = Duration.ofMinutes(2);
  static final Duration ROTATION = Duration.ofHours(24);
  static final Duration ACCEPTED = Duration.ofHours(24);

  /** The newest, the one that it replaces, and one more while the newest settles. */
  private static final int KEYS_IN_USE = 3;

  /** A key that is in use. */
  record Key(int id, SecretKey secret, Instant createdAt) {}

  private final SigningKeys store;
  private final InstantSource clock;
  private volatile List<Key> keys;

  /** Reads the keys, and makes one if there is none. Blocks. */
  public CursorKeys(SigningKeys store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.keys = read();
  }

  /** Looks for new keys, and makes one when it is time to. Blocks. */
  public void refresh() {
    keys = read();
  }

  private List<Key> read() {
    SigningKey newest = store.current();
    if (isOver(newest.createdAt().plus(ROTATION))) {
      newest = store.rotate(newest.id());
    }
    var read = new ArrayList<Key>();
    for (int id = Math.max(1, newest.id() - KEYS_IN_USE + 1); id < newest.id(); id++) {
      SigningKey older = store.find(id);
      if (older != null) {
        read.add(key(older));
      }
    }
    read.add(key(newest));
    return List.copyOf(read);
  }

  private static Key key(SigningKey stored) {
    return new Key(stored.id(), new SecretKeySpec(stored.key(), "AES"), stored.createdAt());
  }

  /** The newest key that has settled, or else the oldest. */
  Key sealing() {
    List<Key> all = keys;
    for (int i = all.size() - 1; i > 0; i--) {
      if (isOver(all.get(i).createdAt().plus(SETTLING))) {
        return all.get(i);
      }
    }
    return all.getFirst();
  }

  /** The key with this id, if it may still open; else null. */
  @Nullable SecretKey opening(int id) {
    List<Key> all = keys;
    return IntStream.range(0, all.size())
        .filter(i -> all.get(i).id() == id && !isRetired(all, i))
        .mapToObj(i -> all.get(i).secret())
        .findFirst()
        .orElse(null);
  }

  private boolean isRetired(List<Key> all, int index) {
    return index + 1 < all.size()
        && isOver(all.get(index + 1).createdAt().plus(SETTLING).plus(ACCEPTED));
  }

  private boolean isOver(Instant end) {
    return !clock.instant().isBefore(end);
  }
}
