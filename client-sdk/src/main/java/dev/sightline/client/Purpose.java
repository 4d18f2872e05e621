package dev.sightline.client;

/**
 * What a list of dashboards is for.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="list"}
 */
public enum Purpose {
  /** Navigation: everything visible. */
  SIDEBAR,
  /** Search: everything visible. */
  SEARCH,
  /** A digest: without drafts, for owners and admins too. */
  DIGEST
}
