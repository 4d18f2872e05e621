package dev.sightline.cache;

/** Until when this node may answer at all, whatever it can prove. */
@FunctionalInterface
public interface Lease {
  /** For what answers nobody: no other node counts on it. */
  Lease UNLIMITED = asOf -> asOf;

  /**
   * As of when something is to be taken as known that is known as of {@code asOf}: so much earlier
   * that it gets too old no later than the lease ends. Both are readings of {@link
   * System#nanoTime}.
   */
  long covered(long asOf);
}
