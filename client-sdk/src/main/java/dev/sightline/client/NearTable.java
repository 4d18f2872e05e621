package dev.sightline.client;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The decisions that a near-cache holds, of all organizations. Found without a lock and without
 * allocating; changed under the near-cache's lock.
 *
 * <p>Chains in an array whose length is a power of two. Who walks a chain while it is changed may
 * miss an entry, which costs a question; an entry that was unlinked before the walk began is never
 * found. While the array grows, entries are moved one by one: a chain always leads to entries that
 * are there, and ends.
 *
 * <p>Room is made by the clock: its hand goes round, spares once what was hit since it passed, and
 * takes what was not. It moves a few places for each entry that comes, so nobody waits for a sweep.
 */
final class NearTable {
  private static final int FIRST_LENGTH = 1 << 10;
  private static final int LONGEST_CHAIN = 24;
  private static final int LOOKED_AT = 64;

  private final int most;
  private volatile AtomicReferenceArray<@Nullable HeldDecision> chains =
      new AtomicReferenceArray<>(FIRST_LENGTH);
  private int hand;
  private int size;
  private long evictions;

  NearTable(int most) {
    this.most = most;
  }

  static int hash(Generation generation, String user, String dashboard) {
    int mixed = (user.hashCode() * 31 + dashboard.hashCode() + generation.salt) * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }

  /** The decision that is held, if one is and nothing wide has killed it. */
  @Nullable HeldDecision find(Generation generation, String user, Action action, String dashboard) {
    int hash = hash(generation, user, dashboard);
    var held = chain(hash);
    while (held != null) {
      if (held.hash == hash
          && held.action == action
          && held.isAbout(hash, generation, user, dashboard)) {
        return held.isDead() ? null : held;
      }
      held = held.next;
    }
    return null;
  }

  private @Nullable HeldDecision chain(int hash) {
    var now = chains;
    return now.getAcquire(hash & now.length() - 1);
  }

  /**
   * Takes one in, in place of what was held for the same question.
   *
   * <p>INVARIANT: it counts for its user and its dashboard before any other ceases to, or they
   * would be forgotten and a wide change would not reach it. And it is there before the other goes,
   * so that there is no moment without either.
   */
  void put(HeldDecision held) {
    held.generation.added(held);
    if (size >= most && !isThere(held)) {
      makeRoom();
    }
    int index = held.hash & chains.length() - 1;
    held.next = chains.get(index);
    chains.setRelease(index, held);
    size++;
    tidy(index, held);
    if (size > chains.length()) {
      grow();
    }
  }

  private boolean isThere(HeldDecision like) {
    var held = chain(like.hash);
    while (held != null && !isSame(held, like)) {
      held = held.next;
    }
    return held != null;
  }

  private static boolean isSame(HeldDecision one, HeldDecision other) {
    return one.action == other.action
        && one.isAbout(other.hash, other.generation, other.user.id, other.dashboard.id);
  }

  /** Unlinks what the first of a chain replaces, what is dead, and what is too much. */
  private void tidy(int index, HeldDecision first) {
    int behind = 0;
    for (var held = first.next; held != null; held = held.next) {
      behind++;
      if (isSame(held, first) || held.isDead()) {
        unlink(index, held);
      } else if (behind == LONGEST_CHAIN) {
        evict(index, held); // So many only if somebody makes ids for it.
      }
    }
  }

  /** Drops what is held about a pair from before a position; says how much it was. */
  int drop(Generation generation, String user, String dashboard, Position before) {
    int hash = hash(generation, user, dashboard);
    int index = hash & chains.length() - 1;
    int dropped = 0;
    for (var held = chains.get(index); held != null; held = held.next) {
      if (held.isAbout(hash, generation, user, dashboard) && held.position.isBefore(before)) {
        unlink(index, held);
        dropped++;
      }
    }
    return dropped;
  }

  private void unlink(int index, HeldDecision gone) {
    HeldDecision before = null;
    for (var held = chains.get(index); held != gone; held = before.next) {
      before = Objects.requireNonNull(held);
    }
    if (before == null) {
      chains.setRelease(index, gone.next);
    } else {
      before.next = gone.next;
    }
    gone.generation.removed(gone);
    size--;
  }

  private void evict(int index, HeldDecision held) {
    unlink(index, held);
    evictions++;
  }

  private void makeRoom() {
    HeldDecision spared = null;
    int sparedAt = 0;
    for (int i = 0; i < LOOKED_AT || (spared == null && i < chains.length()); i++) {
      hand = hand + 1 & chains.length() - 1;
      for (var held = chains.get(hand); held != null; held = held.next) {
        if (held.isDead()) {
          unlink(hand, held);
          return;
        }
        if (!held.used) {
          evict(hand, held);
          return;
        }
        held.used = false;
        spared = held;
        sparedAt = hand;
      }
    }
    if (spared != null) {
      evict(sparedAt, spared);
    }
  }

  private void grow() {
    var old = chains;
    var wider = new AtomicReferenceArray<@Nullable HeldDecision>(2 * old.length());
    for (int i = 0; i < old.length(); i++) {
      HeldDecision held = old.get(i);
      while (held != null) {
        var next = held.next;
        int index = held.hash & wider.length() - 1;
        held.next = wider.get(index);
        wider.set(index, held);
        held = next;
      }
    }
    chains = wider;
  }

  int size() {
    return size;
  }

  long evictions() {
    return evictions;
  }
}
