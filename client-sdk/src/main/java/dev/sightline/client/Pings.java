package dev.sightline.client;

import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.Ping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When to ask how fresh a watch is, and what the answers say.
 *
 * <p>An answer comes behind everything that is told until then, and is counted from when the ping
 * was sent. At most two are on their way: one sent in time, one fully consistent that somebody
 * waits for. Whoever asks while that one is under way waits for the next, which is sent after they
 * asked.
 *
 * <p>Used by the watch's thread; {@link #upToDate}, {@link #waiting} and {@link #staleness} are for
 * all.
 */
final class Pings {
  private static final int SILENCE = 5;

  private record Sent(long at, List<CompletableFuture<Void>> waiters) {}

  private final long interval;
  private final Map<Long, Sent> unanswered = new LinkedHashMap<>();
  private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
  private long lastId;
  private long nextAt;
  private volatile @Nullable Long toldUntil;

  Pings(Duration interval) {
    this.interval = interval.toNanos();
  }

  /** Completes when everything that was committed before this call has been handed over. */
  CompletableFuture<Void> upToDate() {
    var waiter = new CompletableFuture<Void>();
    asked.add(waiter);
    return waiter;
  }

  /** How long ago everything had been handed over that was committed until then. */
  Optional<Duration> staleness() {
    var until = toldUntil;
    return until == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(System.nanoTime() - until));
  }

  /** A new stream: what was sent on the one before is not answered any more. */
  void begin(long now) {
    unanswered.values().forEach(sent -> asked.addAll(sent.waiters()));
    unanswered.clear();
    nextAt = now;
  }

  /** What is to be sent now. */
  List<Ping> due(long now) {
    var due = new ArrayList<Ping>();
    if (nextAt - now <= 0) {
      nextAt = now + interval;
      if (unanswered.values().stream().allMatch(Pings::isAwaited)) {
        due.add(sent(now, List.of()));
      }
    }
    if (!asked.isEmpty() && unanswered.values().stream().noneMatch(Pings::isAwaited)) {
      due.add(sent(now, waiting()).toBuilder().setFullyConsistent(true).build());
    }
    return due;
  }

  private static boolean isAwaited(Sent sent) {
    return !sent.waiters().isEmpty();
  }

  /** Takes whoever waits for a ping that is not sent yet. */
  List<CompletableFuture<Void>> waiting() {
    var waiters = new ArrayList<CompletableFuture<Void>>();
    for (var it = asked.poll(); it != null; it = asked.poll()) {
      waiters.add(it);
    }
    return waiters;
  }

  private Ping sent(long now, List<CompletableFuture<Void>> waiters) {
    lastId++;
    unanswered.put(lastId, new Sent(now, waiters));
    return Ping.newBuilder().setId(lastId).build();
  }

  /** Takes an answer; returns who waited for it. */
  List<CompletableFuture<Void>> answered(Heartbeat heartbeat) {
    var sent = unanswered.remove(heartbeat.getPingId());
    if (sent == null) {
      return List.of();
    }
    long until = sent.at() - TimeUnit.MICROSECONDS.toNanos(heartbeat.getProofAgeMicros());
    var before = toldUntil;
    toldUntil = before == null || until - before > 0 ? until : before;
    return sent.waiters();
  }

  /** Nanoseconds until there may be something to send. */
  long untilNext(long now) {
    return Math.max(0, nextAt - now);
  }

  /** Nanoseconds after which a connection that owes an answer and brings nothing is lost. */
  long longestSilence() {
    return SILENCE * interval;
  }

  /** When the oldest ping that was not answered was sent; empty if all were. */
  Optional<Long> waitingSince() {
    return unanswered.values().stream().findFirst().map(Sent::at);
  }
}
