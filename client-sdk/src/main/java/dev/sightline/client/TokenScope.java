package dev.sightline.client;

/**
 * What an API token may be used for.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="operator"}
 */
public enum TokenScope {
  /** Ask: checks, lists, audiences, explanations. */
  CHECK,
  /** Be told of level changes as they happen. */
  WATCH,
  /** Change an organization's people, teams, dashboards and access, as a person. */
  MANAGE,
  /** Manage support agents and what they ask for. */
  SUPPORT,
  /** Run the service: what {@link Operator} does. */
  OPERATE
}
