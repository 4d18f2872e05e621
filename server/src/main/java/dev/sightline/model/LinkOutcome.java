package dev.sightline.model;

/** What comes of using a one-click link of a request: the first that applies. */
public enum LinkOutcome {
  /** Dead, unknown or cancelled. */
  VOID,
  /** Somebody decided before. */
  ALREADY_DECIDED,
  /** The request ended undecided. */
  EXPIRED,
  /** Decided as the link says. */
  APPLIED
}
