package dev.sightline.client;

/**
 * A yes or a no, with what it rests on.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="evidence"}
 */
public sealed interface Decision extends Answer {
  /** What the answer rests on. */
  Evidence evidence();

  /**
   * Yes.
   *
   * @param evidence what it rests on
   */
  record Allowed(Evidence evidence) implements Decision {
    @Override
    public boolean allowed() {
      return true;
    }
  }

  /**
   * No. Also said of anything unknown.
   *
   * @param evidence what it rests on
   */
  record Denied(Evidence evidence) implements Decision {
    @Override
    public boolean allowed() {
      return false;
    }
  }
}
