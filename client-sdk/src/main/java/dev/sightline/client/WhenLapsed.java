package dev.sightline.client;

/**
 * What a near-cache does with a question while it cannot prove that what it holds is fresh, because
 * its watch brings nothing in time.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="nearcache"}
 */
public enum WhenLapsed {
  /** Asks the service, as if there were no near-cache. The default. */
  ASK,
  /**
   * Fails with {@link Code#UNAVAILABLE} at once, without asking: for those who must not wait.
   * Before the first proof, and where there may be no watch, the service is asked.
   */
  FAIL
}
