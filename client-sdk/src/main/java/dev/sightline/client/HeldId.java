package dev.sightline.client;

/** A user or a dashboard of which answers are held: told as a whole that they are no more. */
final class HeldId {
  final String id;

  /** Whether a wide change has made all answers about it untrue. Never goes back. */
  volatile boolean dead;

  /** How many answers are about it; guarded by the near-cache's lock. */
  int answers;

  HeldId(String id) {
    this.id = id;
  }
}
