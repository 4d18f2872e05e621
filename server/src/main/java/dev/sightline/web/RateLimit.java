package dev.sightline.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/**
 * How often one address may guess: a bucket each, of which every token that nobody has takes one,
 * and which fills up again over time. Addresses that have not guessed for so long that theirs is
 * full are forgotten. Whoever has links that work is never held up, however many share an address.
 */
final class RateLimit {
  /** One may guess this often at once, and then each time that {@link #REFILL} has passed. */
  static final int BURST = 60;

  static final Duration REFILL = Duration.ofSeconds(1);

  private static final int MOST_ADDRESSES = 100_000;
  private static final int NETWORK_BYTES = 8;

  /** What is left, at a reading of the clock. */
  private record Bucket(double left, long at) {
    double leftAt(long now) {
      return Math.min(BURST, left + (double) (now - at) / REFILL.toNanos());
    }
  }

  private final LongSupplier nanos;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_ADDRESSES)
          .expireAfterAccess(REFILL.multipliedBy(BURST))
          .build();

  /**
   * @param nanos a clock like {@link System#nanoTime}
   */
  RateLimit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Whether this address has guessed too often. */
  boolean isSpent(SocketAddress remote) {
    Bucket bucket = buckets.getIfPresent(name(remote));
    return bucket != null && bucket.leftAt(nanos.getAsLong()) < 1;
  }

  /** Notes a guess of this address. */
  void spend(SocketAddress remote) {
    long now = nanos.getAsLong();
    var _ =
        buckets
            .asMap()
            .compute(
                name(remote),
                (_, before) ->
                    new Bucket(
                        Math.max(0, (before == null ? BURST : before.leftAt(now)) - 1), now));
  }

  /** Whoever has one IPv6 address has the 2^64 of its network. */
  private static String name(SocketAddress remote) {
    if (remote instanceof InetSocketAddress inet) {
      InetAddress address = inet.getAddress();
      byte[] bytes = address == null ? new byte[0] : address.getAddress();
      return HexFormat.of()
          .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
    }
    return "";
  }
}
