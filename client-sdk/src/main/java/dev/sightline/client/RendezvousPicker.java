package dev.sightline.client;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.PickSubchannelArgs;
import io.grpc.LoadBalancer.SubchannelPicker;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where calls go while nothing changes.
 *
 * <p>An organization's nodes are asked for in the order of their weights. The first that is
 * connected is taken; one that is not is connected, and waited for a little, before the next has
 * its turn; one that has failed is passed over. If none will do, the call waits for the first that
 * still may, or fails as the heaviest did. Calls about no organization take turns on the nodes that
 * are connected.
 */
final class RendezvousPicker extends SubchannelPicker {
  /** For how long a node is waited for that is connecting, before the next will do. */
  static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(250);

  private static final AtomicInteger TURN = new AtomicInteger();

  /** A node as it was when the picker was made. */
  private record Seen(
      RendezvousNode node, long hash, ConnectivityState state, SubchannelPicker picker, long since) {
    static Seen of(RendezvousNode it) {
      return new Seen(it, it.hash(), it.state(), it.picker(), it.since());
    }
  }

  private final Helper helper;
  private final Seen[] nodes;
  private final int nodesPerOrganization;

  RendezvousPicker(Helper helper, List<RendezvousNode> nodes, int nodesPerOrganization) {
    this.helper = helper;
    this.nodes = nodes.stream().map(Seen::of).toArray(Seen[]::new);
    this.nodesPerOrganization = Math.min(nodesPerOrganization, this.nodes.length);
  }

  @Override
  public PickResult pickSubchannel(PickSubchannelArgs args) {
    var organization = args.getCallOptions().getOption(Rendezvous.ORGANIZATION);
    return organization == null ? inTurn(args) : of(Rendezvous.hash(organization), args);
  }

  private PickResult of(long organization, PickSubchannelArgs args) {
    if (nodesPerOrganization > 1) {
      var one = ranked(organization, ThreadLocalRandom.current().nextInt(nodesPerOrganization));
      if (one.state() == ConnectivityState.READY) {
        return one.picker().pickSubchannel(args);
      }
      connect(one);
    }
    boolean mayCome = false;
    for (int rank = 0; rank < nodes.length; rank++) {
      var node = ranked(organization, rank);
      switch (node.state()) {
        case READY -> {
          return node.picker().pickSubchannel(args);
        }
        case IDLE -> {
          connect(node);
          return PickResult.withNoResult();
        }
        case CONNECTING -> {
          if (System.nanoTime() - node.since() < PATIENCE) {
            return PickResult.withNoResult();
          }
          mayCome = true;
        }
        case TRANSIENT_FAILURE, SHUTDOWN -> {}
      }
    }
    return mayCome
        ? PickResult.withNoResult()
        : ranked(organization, 0).picker().pickSubchannel(args);
  }

  /** The organization's node of this rank, the heaviest first. There are a few, so none is sorted. */
  private Seen ranked(long organization, int rank) {
    Seen found = nodes[0];
    long below = 0;
    for (int i = 0; i <= rank; i++) {
      long most = 0;
      for (var node : nodes) {
        long weight = Rendezvous.weight(organization, node.hash());
        boolean isNext = i == 0 || Long.compareUnsigned(weight, below) < 0;
        if (isNext && Long.compareUnsigned(weight, most) >= 0) {
          most = weight;
          found = node;
        }
      }
      below = most;
    }
    return found;
  }

  private PickResult inTurn(PickSubchannelArgs args) {
    int begin = Math.floorMod(TURN.getAndIncrement(), nodes.length);
    Seen idle = null;
    boolean mayCome = false;
    for (int i = 0; i < nodes.length; i++) {
      var node = nodes[(begin + i) % nodes.length];
      switch (node.state()) {
        case READY -> {
          return node.picker().pickSubchannel(args);
        }
        case IDLE -> idle = idle == null ? node : idle;
        case CONNECTING -> mayCome = true;
        case TRANSIENT_FAILURE, SHUTDOWN -> {}
      }
    }
    if (idle != null && !mayCome) {
      connect(idle);
    }
    return idle != null || mayCome
        ? PickResult.withNoResult()
        : nodes[begin].picker().pickSubchannel(args);
  }

  private void connect(Seen node) {
    if (node.state() == ConnectivityState.IDLE) {
      helper.getSynchronizationContext().execute(node.node()::connect);
    }
  }
}
