package dev.sightline.benchmarks.load;

/**
 * Revocations on one node, and what a second node does, in turn, one at a time.
 *
 * @param echo an empty call of the second node
 * @param proven a check on the second node that waits for a proof of its own
 * @param behind from a revocation's answer by the first node to the event from the second; negative
 *     if the event came first
 */
record NodesRound(Times echo, Times proven, Times behind) {
  /** Five empty calls, and a proof: a check that waits for one is an empty call with a proof. */
  double fourEchoesAndProvenMicros() {
    return 4 * echo.p99Micros() + proven.p99Micros();
  }
}
