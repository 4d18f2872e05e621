package dev.sightline.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sightline.cache.Move;
import dev.sightline.cache.Proven;
import dev.sightline.cache.RevisionLog;
import dev.sightline.change.Change;
import dev.sightline.change.Change.DashboardChanged;
import dev.sightline.change.Change.OrganizationChanged;
import dev.sightline.change.Change.UserChanged;
import dev.sightline.change.DashboardFacts;
import dev.sightline.change.Instants;
import dev.sightline.change.OrganizationFacts;
import dev.sightline.change.Revision;
import dev.sightline.change.UserFacts;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.DashboardId;
import dev.sightline.model.Level;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Position;
import dev.sightline.model.Role;
import dev.sightline.model.Sha256;
import dev.sightline.model.Status;
import dev.sightline.model.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * A log that grows, and a feed of it. Each revision is one event for {@link #EXACT} watchers, which
 * is sent as its number.
 */
final class GrowingLog implements FeedSource, RevisionLog {
  static final OrganizationId ORGANIZATION = new OrganizationId("org");
  static final Filter EXACT = new Filter(Set.of(), Set.of(), false, true);

  /** A watcher knows this revision; the log begins one further. */
  static final int KNOWN = 2;

  private static final Instant BEGIN = Instant.ofEpochSecond(1_000);
  private static final int MOST_REVISIONS = 16;
  private static final Revision[] LOG = revisions();
  private static final OrgGraph[] GRAPHS = graphs();

  private final AtomicInteger head = new AtomicInteger(KNOWN + 1);
  private final Runnable pause;
  private final AtomicLongArray committedAt = new AtomicLongArray(MOST_REVISIONS + 1);
  final Feed feed;

  GrowingLog(Encoder encoder, Executor threads) {
    this(encoder, threads, () -> {});
  }

  /**
   * @param pause run wherever others may come between
   */
  GrowingLog(Encoder encoder, Executor threads, Runnable pause) {
    this.pause = pause;
    committedAt.set(head.get(), System.nanoTime());
    this.feed = new Feed(ORGANIZATION, this, encoder, Limits.USUAL, threads);
  }

  /** By number: each opens the dashboard to the company, or closes it again. */
  private static Revision[] revisions() {
    DashboardId dashboard = new DashboardId("d");
    UserId ada = new UserId("ada");
    DashboardFacts closed = new DashboardFacts("d", ada, Level.NONE, false, null);
    Revision[] log = new Revision[MOST_REVISIONS + 1];
    log[1] =
        revision(
            1,
            new OrganizationChanged(null, new OrganizationFacts("org", null)),
            new UserChanged(ada, null, user()),
            new UserChanged(new UserId("bo"), null, user()),
            new DashboardChanged(dashboard, null, closed));
    for (int i = 2; i < log.length; i++) {
      DashboardFacts open = closed.withCompanyDefault(Level.VIEWER);
      boolean opens = i % 2 == 0;
      log[i] =
          revision(
              i, new DashboardChanged(dashboard, opens ? closed : open, opens ? open : closed));
    }
    return log;
  }

  private static UserFacts user() {
    return new UserFacts(Role.ANALYST, Status.ACTIVE, BEGIN, null, false, false);
  }

  private static Revision revision(int number, Change... changes) {
    LogHash hash = LogHash.of(Sha256.of("revision " + number));
    return new Revision(new Position(number, hash, BEGIN.plusSeconds(number)), List.of(changes));
  }

  private static OrgGraph[] graphs() {
    OrgGraph[] graphs = new OrgGraph[MOST_REVISIONS + 1];
    graphs[0] = OrgGraph.empty(ORGANIZATION);
    for (int i = 1; i < graphs.length; i++) {
      graphs[i] = graphs[i - 1].applied(LOG[i]);
    }
    return graphs;
  }

  /** What stands for an event. */
  static byte[] text(WatchEvent event) {
    String text =
        switch (event) {
          case WatchEvent.CutOff(var cursors) -> {
            Cursor at = cursors.get(ORGANIZATION);
            yield at == null ? "cut" : "cut@" + at.revision();
          }
          case WatchEvent.Started(var _, Cursor at) -> "from@" + at.revision();
          case WatchEvent.Levels levels -> "" + levels.cursor().revision();
          case WatchEvent.Progress _ -> "progress";
          case WatchEvent.Resync _ -> "resync";
          case WatchEvent.Heartbeat _, WatchEvent.Confirm _ -> "beat";
          case WatchEvent.Wide _ -> "wide";
        };
    return text.getBytes(UTF_8);
  }

  /** Where a watcher is who knows a revision. */
  static Cursor cursor(int revision) {
    return Cursor.at(GRAPHS[revision]);
  }

  int head() {
    return head.get();
  }

  /** Writes a revision on the feed's own node. */
  void commit() {
    int number = written();
    feed.committed(List.of(new Move(timely(number), LOG[number], GRAPHS[number])));
  }

  /** Writes a revision on another node: the feed hears of it by a proof. */
  void commitElsewhere() {
    int _ = written();
  }

  private int written() {
    int number = head.incrementAndGet();
    committedAt.set(number, System.nanoTime());
    pause.run();
    return number;
  }

  /** The last revision of those that were surely committed before this reading of nanoTime. */
  int committedBefore(long nanos) {
    int revision = head.get();
    while (revision > KNOWN && committedAt.get(revision) - nanos >= 0) {
      revision--;
    }
    return revision;
  }

  private static OrgGraph timely(int number) {
    return GRAPHS[number - 1].through(LOG[number].at());
  }

  @Override
  public Loaded load() {
    long asOf = System.nanoTime();
    OrgGraph graph = GRAPHS[head.get()];
    pause.run();
    return new Loaded(graph, asOf);
  }

  @Override
  public RevisionLog log() {
    return this;
  }

  @Override
  public void prove() {
    long asOf = System.nanoTime();
    Position position = LOG[head.get()].position();
    pause.run();
    feed.proved(
        new Proven(
            position.revision(), position.head(), asOf, Instants.micros(position.endedThrough())));
  }

  @Override
  public void proveWhenPassed(long micros) {}

  @Override
  public @Nullable Position positionAt(long revision) {
    pause.run();
    return revision > head.get() ? null : LOG[(int) revision].position();
  }

  @Override
  public List<Revision> after(long revision, int limit) {
    pause.run();
    int to = (int) Math.min(head.get(), revision + limit);
    return List.of(Arrays.copyOfRange(LOG, (int) revision + 1, to + 1));
  }
}
