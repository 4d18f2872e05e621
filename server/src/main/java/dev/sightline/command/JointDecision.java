package dev.sightline.command;

import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import java.util.Map;

/**
 * What becomes of a command about several organizations.
 *
 * @param <R> what is told to whoever asked
 */
public sealed interface JointDecision<R> {
  /**
   * It is to be done.
   *
   * @param parts what is to be done in each organization; in those left out, nothing
   */
  record Accepted<R>(Map<OrganizationId, Decision.Accepted<?>> parts, R result)
      implements JointDecision<R> {
    public Accepted {
      parts = Map.copyOf(parts);
    }
  }

  /** It is not to be done, and nothing is changed anywhere. */
  record Refused<R>(Refusal refusal) implements JointDecision<R> {}

  static <R> JointDecision<R> refused(Refusal refusal) {
    return new Refused<>(refusal);
  }
}
