package dev.sightline.cache;

/** The version of all API tokens, which each change of one moves on, and as of when it is known. */
public final class TokenEpoch {
  private record Known(long epoch, long asOf) {}

  private volatile Known known = new Known(-1, System.nanoTime());

  void proved(long epoch, long asOf) {
    known = new Known(epoch, asOf);
  }

  /** The epoch if it is known as of this reading of {@link System#nanoTime} or later, else -1. */
  public long ifAsOf(long oldest) {
    Known latest = known;
    return latest.asOf() - oldest >= 0 ? latest.epoch() : -1;
  }
}
