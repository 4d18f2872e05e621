package dev.sightline.client;

import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.IDLE;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;

import io.grpc.ConnectivityState;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends each call to the node that its organization belongs to, as {@link Rendezvous} says, and
 * connects to a node when the first call needs it. Below it there is a balancer of gRPC's own for
 * each node. Everything runs in the channel's synchronization context, but picking.
 */
final class RendezvousBalancer extends LoadBalancer {
  private final Helper helper;
  private Map<List<SocketAddress>, RendezvousNode> nodes = Map.of();
  private int nodesPerOrganization = 1;
  private boolean resolving;

  RendezvousBalancer(Helper helper) {
    this.helper = helper;
  }

  @Override
  public Status acceptResolvedAddresses(ResolvedAddresses resolved) {
    if (resolved.getAddresses().isEmpty()) {
      var nowhere = Status.UNAVAILABLE.withDescription("The service's name has no address.");
      handleNameResolutionError(nowhere);
      return nowhere;
    }
    if (resolved.getLoadBalancingPolicyConfig() instanceof Integer wanted) {
      nodesPerOrganization = wanted;
    }
    resolving = true;
    var gone = new LinkedHashMap<>(nodes);
    nodes = resolved(resolved);
    gone.keySet().removeAll(nodes.keySet());
    resolving = false;
    update();
    gone.values().forEach(RendezvousNode::shutdown); // When nobody is sent there any more.
    return Status.OK;
  }

  private Map<List<SocketAddress>, RendezvousNode> resolved(ResolvedAddresses resolved) {
    var next = new LinkedHashMap<List<SocketAddress>, RendezvousNode>();
    for (EquivalentAddressGroup address : resolved.getAddresses()) {
      var key = address.getAddresses();
      var known = nodes.get(key);
      if (known == null) {
        next.computeIfAbsent(
            key, _ -> new RendezvousNode(helper, resolved, address, this::update));
      } else if (next.put(key, known) == null) {
        known.resolved(resolved, address);
      }
    }
    return next;
  }

  private void update() {
    if (resolving) {
      return;
    }
    var all = nodes.values();
    var picker = new RendezvousPicker(helper, List.copyOf(all), nodesPerOrganization);
    helper.updateBalancingState(state(all), picker);
    if (all.stream().anyMatch(it -> it.state() == CONNECTING)) {
      // Whoever waits for it looks again when that has been long enough.
      var _ =
          helper
              .getSynchronizationContext()
              .schedule(
                  this::lookAgain,
                  RendezvousPicker.PATIENCE,
                  TimeUnit.NANOSECONDS,
                  helper.getScheduledExecutorService());
    }
  }

  private void lookAgain() {
    long now = System.nanoTime();
    boolean someAreLate =
        nodes.values().stream()
            .anyMatch(it ->
                it.state() == CONNECTING && now - it.since() >= RendezvousPicker.PATIENCE);
    if (someAreLate) {
      var all = nodes.values();
      helper.updateBalancingState(
          state(all), new RendezvousPicker(helper, List.copyOf(all), nodesPerOrganization));
    }
  }

  private static ConnectivityState state(Collection<RendezvousNode> nodes) {
    for (var state : List.of(READY, CONNECTING, IDLE)) {
      if (nodes.stream().anyMatch(it -> it.state() == state)) {
        return state;
      }
    }
    return TRANSIENT_FAILURE;
  }

  @Override
  public void handleNameResolutionError(Status error) {
    if (nodes.isEmpty()) {
      var failing = new FixedResultPicker(PickResult.withError(error));
      helper.updateBalancingState(TRANSIENT_FAILURE, failing);
    } else {
      nodes.values().forEach(it -> it.failed(error));
    }
  }

  @Override
  public void requestConnection() {
    if (nodes.values().stream().noneMatch(RendezvousNode::isReady)) {
      nodes.values().stream().limit(1).forEach(RendezvousNode::connect);
    }
  }

  @Override
  public void shutdown() {
    nodes.values().forEach(RendezvousNode::shutdown);
    nodes = Map.of();
  }
}
