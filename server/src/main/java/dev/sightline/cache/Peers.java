package dev.sightline.cache;

import dev.sightline.store.Signals;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes say to each other. A message is a word for its kind, the name of who says it, and the
 * rest. None is promised to arrive.
 */
public final class Peers {
  /** How long the rest of a message may be, in characters. */
  public static final int LONGEST = Signals.LONGEST - 100;

  private static final String HERE = "here";
  private static final Logger LOG = LoggerFactory.getLogger(Peers.class);

  private final Signals signals;
  private final Membership membership;
  private final Map<String, BiConsumer<String, String>> hearers = new ConcurrentHashMap<>();

  public Peers(Signals signals, Membership membership) {
    this.signals = signals;
    this.membership = membership;
  }

  /**
   * Says something to all others; returns whether it waits to be sent.
   *
   * @param text makes the rest when it can be sent; null: there is nothing to say any more
   */
  public boolean tell(String kind, Supplier<@Nullable String> text) {
    return signals.tell(() -> {
      String rest = text.get();
      return rest == null ? null : kind + " " + membership.name() + " " + rest;
    });
  }

  /** As {@link #tell}, unless nobody else was there when this node looked last. */
  boolean tellIfAny(String kind, Supplier<@Nullable String> text) {
    return tell(
        kind,
        () -> {
          String rest = text.get();
          return membership.alone() ? null : rest;
        });
  }

  /**
   * Hears messages of a kind from others.
   *
   * @param hearer takes who says it, and the rest; returns at once
   */
  public void hear(String kind, BiConsumer<String, String> hearer) {
    hearers.put(kind, hearer);
  }

  /** Begins to hear, and says to the others that this node is there. */
  public void begin() {
    signals.listen(this::heard);
    var _ = tell(HERE, () -> "");
  }

  private void heard(String message) {
    String[] parts = message.split(" ", 3);
    if (parts.length < 3 || parts[1].equals(membership.name())) {
      return;
    }
    membership.met();
    BiConsumer<String, String> hearer = hearers.get(parts[0]);
    if (hearer == null) {
      return;
    }
    try {
      hearer.accept(parts[1], parts[2]);
    } catch (RuntimeException e) {
      LOG.warn("a message of another node was not understood: {}", e.getMessage());
    }
  }
}
