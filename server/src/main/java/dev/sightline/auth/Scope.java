package dev.sightline.auth;

/** What a token may be used for. Names are stored and never change their meaning. */
public enum Scope {
  /** Ask: checks, lists, audiences, explanations. */
  CHECK,
  /** Be told of level changes. */
  WATCH,
  /** Change organizations on behalf of a named person. */
  MANAGE,
  /** Manage support agents and what they ask for. */
  SUPPORT,
  /** Run the service. */
  OPERATE
}
