package dev.sightline.benchmarks.load;

/**
 * Revocations and empty calls in turn, one at a time.
 *
 * @param echo an empty call
 * @param answer from a revocation's call to its answer
 * @param told from the same call to the watcher's event
 * @param behind from the answer to the event; negative if the event came first
 */
record RevocationRound(Times echo, Times answer, Times told, Times behind) {
  /** What a revocation's event is allowed to take, counted from the call. */
  double answerAndTwoEchoesMicros() {
    return answer.p99Micros() + 2 * echo.p99Micros();
  }
}
