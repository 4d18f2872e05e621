package dev.sightline.client;

import io.grpc.CallOptions;
import io.grpc.LoadBalancerRegistry;
import java.util.List;
import java.util.Map;

/**
 * Which node an organization belongs to: of all nodes the one whose name weighs most together with
 * the organization's id (rendezvous hashing). All clients come to the same without talking, so an
 * organization is loaded on few nodes; when a node goes, only its own organizations move, each to
 * the next in its order, and when it is back they return.
 */
final class Rendezvous {
  static final String POLICY = "sightline_rendezvous";

  /** The organization that a call is about. */
  static final CallOptions.Key<String> ORGANIZATION =
      CallOptions.Key.create("sightline-organization");

  static final String NODES = "nodesPerOrganization";

  private static final long FNV_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  static {
    LoadBalancerRegistry.getDefaultRegistry().register(new RendezvousProvider());
  }

  private Rendezvous() {}

  /** What a channel is to be told, so that each organization is on so many nodes. */
  static Map<String, ?> serviceConfig(int nodesPerOrganization) {
    // Numbers are doubles there, as in JSON.
    var config = Map.of(NODES, (double) nodesPerOrganization);
    return Map.of("loadBalancingConfig", List.of(Map.of(POLICY, config)));
  }

  /** The same number for the same text, in every process and version. */
  static long hash(String text) {
    long hash = FNV_BASIS;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /** What a node and an organization weigh together, by their hashes; all 64 bits, unsigned. */
  static long weight(long organization, long node) {
    long mixed = organization ^ Long.rotateLeft(node, 32);
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
