package dev.sightline.history;

import dev.sightline.history.NodeProcess.Launch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to run.
 *
 * @param seed of what is asked, written and broken; threads and the machine add chance of their own
 * @param lasting how long, setting up not counted
 * @param bound max-staleness
 * @param faults which, by name, over and over in random order; empty: none
 * @param launch how nodes are started
 * @param clientBefore what is put before the class path of the client in another process
 * @param strict whether an answer is wrong, too, that comes later than the bound after what it
 *     allows was revoked, however long its call took: a node that stands still after its last look
 *     at the clock cannot help that
 * @param near whether clients hold answers
 * @param lease of nodes, after three of which they are taken for gone; null: as always
 * @param pause how long threads that ask wait between two calls at the most
 */
record HistorySettings(
    long seed,
    Duration lasting,
    Duration bound,
    List<String> faults,
    Launch launch,
    List<Path> clientBefore,
    boolean strict,
    boolean near,
    @Nullable Duration lease,
    Duration pause) {
  /** The last one is quiet: only faults write there, so that they decide which revision is what. */
  static final int ORGANIZATIONS = 4;

  static final int QUIET = ORGANIZATIONS - 1;
  static final Duration BOUND = Duration.ofMillis(500);

  static HistorySettings of(long seed, Duration lasting, List<String> faults) {
    return new HistorySettings(
        seed,
        lasting,
        BOUND,
        faults,
        Launch.PLAIN,
        List.of(),
        false,
        true,
        null,
        Duration.ofMillis(4));
  }

  HistorySettings withBound(Duration other) {
    return new HistorySettings(
        seed, lasting, other, faults, launch, clientBefore, strict, near, lease, pause);
  }

  HistorySettings withLaunch(Launch other) {
    return new HistorySettings(
        seed, lasting, bound, faults, other, clientBefore, strict, near, lease, pause);
  }

  HistorySettings withClientBefore(List<Path> before) {
    return new HistorySettings(
        seed, lasting, bound, faults, launch, before, strict, near, lease, pause);
  }

  HistorySettings withNear(boolean other) {
    return new HistorySettings(
        seed, lasting, bound, faults, launch, clientBefore, strict, other, lease, pause);
  }

  HistorySettings withStrict(boolean other) {
    return new HistorySettings(
        seed, lasting, bound, faults, launch, clientBefore, other, near, lease, pause);
  }

  HistorySettings withLease(@Nullable Duration other) {
    return new HistorySettings(
        seed, lasting, bound, faults, launch, clientBefore, strict, near, other, pause);
  }

  HistorySettings withPause(Duration other) {
    return new HistorySettings(
        seed, lasting, bound, faults, launch, clientBefore, strict, near, lease, other);
  }
}
