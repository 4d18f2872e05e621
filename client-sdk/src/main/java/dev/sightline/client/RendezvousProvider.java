package dev.sightline.client;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.Status;
import java.util.Map;

/** Makes {@link RendezvousBalancer}s. */
final class RendezvousProvider extends LoadBalancerProvider {
  private static final int PRIORITY = 5;

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }

  @Override
  public String getPolicyName() {
    return Rendezvous.POLICY;
  }

  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return new RendezvousBalancer(helper);
  }

  /** The config is how many nodes an organization is on. */
  @Override
  public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> config) {
    var nodes = config.get(Rendezvous.NODES);
    if (nodes == null) {
      return ConfigOrError.fromConfig(1);
    }
    return nodes instanceof Number number && number.intValue() >= 1
        ? ConfigOrError.fromConfig(number.intValue())
        : ConfigOrError.fromError(
            Status.INVALID_ARGUMENT.withDescription(
                Rendezvous.NODES + " is " + nodes + "; it must be a number, 1 or more."));
  }
}
