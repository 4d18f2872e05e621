package dev.sightline.client;

/**
 * What came of one question of a batch: a {@link Decision}, or that the question was malformed.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="batch"}
 */
public sealed interface Answer permits Decision, Answer.Unanswered {
  /** Whether the answer is yes. Anything unknown is a no, and so is what has no answer. */
  boolean allowed();

  /**
   * The question could not be answered in any state; the others of its batch are not touched.
   *
   * @param reason MALFORMED_ID or UNKNOWN_ENUM_VALUE; newer services may have more
   * @param message what was wrong, the value, what was expected
   */
  record Unanswered(String reason, String message) implements Answer {
    @Override
    public boolean allowed() {
      return false;
    }
  }
}
