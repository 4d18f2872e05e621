package dev.sightline.watch;

import dev.sightline.cache.Move;
import dev.sightline.cache.Proven;
import dev.sightline.cache.RevisionLog;
import dev.sightline.change.Revision;
import dev.sightline.graph.OrgGraph;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A node that feeds watchers of a world's organization. */
final class TestNode implements FeedSource {
  static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  final World world;
  final Limits limits;
  final Feed feed;
  final Events events = new Events();

  TestNode(World world, Limits limits) {
    this(world, limits, THREADS);
  }

  TestNode(World world, Limits limits, Executor threads) {
    this.world = world;
    this.limits = limits;
    this.feed = new Feed(world.id(), this, events, limits, threads);
  }

  /** Keeps events, so that what is sent stands for them. */
  static final class Events implements Encoder {
    private final List<WatchEvent> all = new ArrayList<>();
    private int untilFailure = Integer.MAX_VALUE;

    /** The second message from now on cannot be made. */
    synchronized void failsAtTheSecond() {
      untilFailure = 2;
    }

    @Override
    public synchronized byte[] encode(WatchEvent event) {
      if (--untilFailure == 0) {
        throw new IllegalArgumentException("for the test");
      }
      all.add(event);
      return ByteBuffer.allocate(4).putInt(all.size() - 1).array();
    }

    synchronized WatchEvent decoded(byte[] bytes) {
      return all.get(ByteBuffer.wrap(bytes).getInt());
    }
  }

  /** Tells that this node has committed a revision, from a graph of the world's own lineage. */
  void committed(Revision revision) {
    OrgGraph before = world.graph(revision.number() - 1);
    OrgGraph after = world.graph(revision.number());
    feed.committed(List.of(new Move(before.through(revision.at()), revision, after)));
  }

  void proved(Proven head) {
    feed.proved(head);
  }

  @Override
  public Loaded load() {
    long asOf = System.nanoTime();
    return new Loaded(world.loaded(), asOf);
  }

  @Override
  public RevisionLog log() {
    return world;
  }

  @Override
  public void prove() {
    feed.proved(world.proof());
  }

  @Override
  public void proveWhenPassed(long micros) {}
}
