package dev.sightline.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An organization's life as it was: which pairs were allowed at which instant. It knows everything
 * at once, and looks at everything.
 */
final class NaiveHistory {
  record Pair(String user, String dashboard) {}

  /**
   * A state of the organization.
   *
   * @param from when it was committed
   * @param allowed the pairs that are, each with when that ends by itself
   */
  record State(long revision, long from, Map<Pair, Long> allowed) {
    boolean allows(Pair pair, long at) {
      return allowed.getOrDefault(pair, Long.MIN_VALUE) > at;
    }
  }

  static final long FOR_GOOD = Long.MAX_VALUE;

  // A revision says of which log it is, in its last bits.
  private static final int LOGS = 4;
  private int log;

  /** In the order of time; a log that was set back goes on with a lower revision. */
  final List<State> states = new ArrayList<>();

  /** After which each came. */
  private final List<Integer> before = new ArrayList<>();

  NaiveHistory(long revision, long now) {
    states.add(new State(revision, now, Map.of()));
    before.add(-1);
  }

  State last() {
    return states.getLast();
  }

  void commit(long now, Map<Pair, Long> allowed) {
    before.add(states.size() - 1);
    states.add(new State(last().revision() + LOGS, now, Map.copyOf(allowed)));
  }

  /** An older backup is put back. */
  void setBack(long now, int lost) {
    int index = Math.max(0, states.size() - 1 - lost);
    var old = states.get(index);
    log++;
    before.add(index);
    states.add(new State(old.revision() / LOGS * LOGS + log, now, old.allowed()));
  }

  /** Which states are on the log that lasts, the last one first. */
  List<Integer> lasting() {
    var lasting = new ArrayList<Integer>();
    for (int i = states.size() - 1; i >= 0; i = before.get(i)) {
      lasting.add(i);
    }
    return lasting;
  }

  /** What has changed from one revision of this log to the next. */
  static Set<Pair> changed(State before, State after) {
    var pairs = new HashSet<Pair>(before.allowed().keySet());
    pairs.addAll(after.allowed().keySet());
    pairs.removeIf(
        it -> before.allowed().getOrDefault(it, 0L).equals(after.allowed().getOrDefault(it, 0L)));
    return pairs;
  }

  Map<Pair, Long> copy() {
    return new HashMap<>(last().allowed());
  }

  /**
   * Whether an answer is right for some instant of a span, in a state of this revision or later.
   */
  boolean isRight(Pair pair, boolean allowed, long from, long to, long revision) {
    for (int i = 0; i < states.size(); i++) {
      var state = states.get(i);
      long until = i + 1 < states.size() ? states.get(i + 1).from() : to;
      long begin = Math.max(from, state.from());
      long end = Math.min(to, until);
      if (state.revision() >= revision && begin <= end) {
        if (state.allows(pair, begin) == allowed || state.allows(pair, end) == allowed) {
          return true;
        }
      }
    }
    return false;
  }

  String dump(Pair pair) {
    var text = new StringBuilder();
    for (var state : states) {
      text.append(
          "\n  revision %d from %d: until %s"
              .formatted(state.revision(), state.from(), state.allowed().get(pair)));
    }
    return text.toString();
  }
}
