package dev.sightline.client;

import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.IDLE;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;

import io.grpc.Attributes;
import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.FixedResultPicker;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.ResolvedAddresses;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancerProvider;
import io.grpc.LoadBalancerRegistry;
import io.grpc.Status;
import io.grpc.util.ForwardingLoadBalancerHelper;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One node of the service, and the balancer below that keeps a connection to it: gRPC's own, for
 * one address. There is none until somebody needs the node. All is for the channel's
 * synchronization context.
 */
final class RendezvousNode {
  private static final LoadBalancerProvider PICK_FIRST =
      Objects.requireNonNull(
          LoadBalancerRegistry.getDefaultRegistry().getProvider("pick_first"), "pick_first");

  private final Helper helper;
  private final Runnable changed;
  private final long hash;
  private ResolvedAddresses address;
  private @Nullable LoadBalancer below;
  private ConnectivityState state = IDLE;
  private SubchannelPicker picker = new FixedResultPicker(PickResult.withNoResult());
  private long since = System.nanoTime();
  private boolean over;

  /**
   * @param changed is run when its state is another
   */
  RendezvousNode(
      Helper helper, ResolvedAddresses all, EquivalentAddressGroup address, Runnable changed) {
    this.helper = helper;
    this.changed = changed;
    this.hash = Rendezvous.hash(name(address.getAddresses().getFirst()));
    this.address = of(all, address);
  }

  /** The same for all clients, whatever the host is called by. */
  private static String name(SocketAddress address) {
    return address instanceof InetSocketAddress ip && ip.getAddress() != null
        ? ip.getAddress().getHostAddress() + ":" + ip.getPort()
        : address.toString();
  }

  private static ResolvedAddresses of(ResolvedAddresses all, EquivalentAddressGroup one) {
    var attributes = Attributes.newBuilder().set(LoadBalancer.IS_PETIOLE_POLICY, true).build();
    return all.toBuilder()
        .setAddresses(List.of(one))
        .setAttributes(attributes)
        .setLoadBalancingPolicyConfig(null)
        .build();
  }

  long hash() {
    return hash;
  }

  ConnectivityState state() {
    return state;
  }

  SubchannelPicker picker() {
    return picker;
  }

  /** Since when it is in its state. */
  long since() {
    return since;
  }

  /** The same node, resolved again. */
  void resolved(ResolvedAddresses all, EquivalentAddressGroup one) {
    address = of(all, one);
    if (below != null) {
      var _ = below.acceptResolvedAddresses(address);
    }
  }

  /** Begins to connect, if nothing has begun. */
  void connect() {
    if (over || state != IDLE) {
      return;
    }
    if (below == null) {
      var made = PICK_FIRST.newLoadBalancer(new Below());
      below = made;
      var _ = made.acceptResolvedAddresses(address);
    } else {
      below.requestConnection();
    }
  }

  void failed(Status error) {
    if (below != null) {
      below.handleNameResolutionError(error);
    }
  }

  void shutdown() {
    over = true;
    if (below != null) {
      below.shutdown();
    }
  }

  /** One that has failed counts as failed until it is there again: nobody waits for it. */
  private void is(ConnectivityState next, SubchannelPicker its) {
    if (over || (state == TRANSIENT_FAILURE && next == CONNECTING)) {
      return;
    }
    if (state == TRANSIENT_FAILURE && next == IDLE) {
      below().requestConnection();
      return;
    }
    if (state != next) {
      since = System.nanoTime();
    }
    state = next;
    picker = its;
    changed.run();
  }

  private LoadBalancer below() {
    return Objects.requireNonNull(below);
  }

  boolean isReady() {
    return state == READY;
  }

  private final class Below extends ForwardingLoadBalancerHelper {
    @Override
    protected Helper delegate() {
      return helper;
    }

    @Override
    public void updateBalancingState(ConnectivityState next, SubchannelPicker its) {
      is(next, its);
    }
  }
}
