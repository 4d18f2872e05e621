package dev.sightline.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A near-cache without a network: the test owns the clock, the other end of its watches, and what
 * the service answers.
 */
final class NearWorld {
  static final Duration TICK = Duration.ofMillis(1);

  final TestTiming timing = new TestTiming();
  final SeenPositions seen = new SeenPositions(100, timing);
  final List<TestLine> lines = new ArrayList<>();
  final NearCache cache;
  final Near acme;
  private boolean closed;

  NearWorld() {
    this(NearCacheOptions.standard());
  }

  NearWorld(NearCacheOptions options) {
    cache = new NearCache(options, seen, timing, this::line, () -> {});
    acme = new Near(cache, "acme");
  }

  private NearLine line(NearWatch watch, dev.sightline.v1.StartWatch start) {
    if (closed) {
      throw new AssertionError("a watch after the end");
    }
    var line = new TestLine(watch, start);
    lines.add(line);
    return line;
  }

  void close() {
    cache.stop();
    closed = true;
  }

  static Position at(long revision) {
    return Position.of(TestService.token(revision));
  }

  TestLine line() {
    return lines.getLast();
  }

  /** A near-cache of acme that may rest on a lease from now, told up to a revision. */
  static NearWorld leased(long revision) {
    return leased(NearCacheOptions.standard(), revision);
  }

  static NearWorld leased(NearCacheOptions options, long revision) {
    var world = new NearWorld(options);
    world.ask("ann", "revenue");
    world.line().started(revision);
    world.line().pong(0);
    world.timing.pass(TICK);
    return world;
  }

  /** What is held, if it may be given. */
  Optional<Boolean> ask(String user, String dashboard) {
    return ask(user, dashboard, Freshness.asSeen());
  }

  Optional<Boolean> ask(String user, String dashboard, Freshness freshness) {
    return ask(user, Action.VIEW, dashboard, freshness);
  }

  Optional<Boolean> ask(String user, Action action, String dashboard, Freshness freshness) {
    return Optional.ofNullable(acme.find(user, action, dashboard, freshness))
        .map(it -> it.decision.allowed());
  }

  /** The service answers: at this revision, with a proof of just now, for good. */
  void answered(String user, String dashboard, boolean allowed, long revision) {
    answered(user, dashboard, allowed, proved(revision));
  }

  void answered(String user, String dashboard, boolean allowed, Proved proved) {
    answered(user, Action.VIEW, dashboard, allowed, proved);
  }

  void answered(String user, Action action, String dashboard, boolean allowed, Proved proved) {
    seen.seen("acme", proved.position());
    acme.fill(user, action, dashboard, allowed, proved);
  }

  Proved proved(long revision) {
    return new Proved(at(revision), timing.now(), 0, 0, null);
  }

  /** Time in which somebody asks all along, and every ping is answered, with a proof of then. */
  void live(Duration time) {
    for (var left = time; left.isPositive(); left = left.minus(TICK)) {
      ask("somebody", "something");
      int pings = line().pings.size();
      timing.pass(TICK);
      if (line().pings.size() > pings) {
        line().pong(0);
      }
    }
  }
}
