package dev.sightline.graph;

/** What a list of dashboards is for. */
public enum Purpose {
  /** All that the VIEW check allows. */
  SIDEBAR,
  /** The same. */
  SEARCH,
  /** All that the VIEW check allows, drafts left out, for owners and admins too. */
  DIGEST
}
