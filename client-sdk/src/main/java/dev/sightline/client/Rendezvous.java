package dev.sightline.client;

import io.grpc.CallOptions;

/** Sends the calls about an organization to the node that it belongs to. */
final class Rendezvous {
  static final String POLICY = "round_robin";

  /** The organization that a call is about. */
  static final CallOptions.Key<String> ORGANIZATION =
      CallOptions.Key.create("sightline-organization");

  private Rendezvous() {}
}
