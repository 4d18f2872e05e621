package dev.sightline.model;

import java.util.HexFormat;

/**
 * The SHA-256 hash of a record of an organization's log, which covers all records before it.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record LogHash(String hex) {
  /** What an empty log is said to end with. */
  public static final LogHash EMPTY = new LogHash("0".repeat(64));

  public LogHash {
    if (hex.length() != 64) {
      throw new IllegalArgumentException("a log hash has 64 hexadecimal digits: " + hex);
    }
  }

  public static LogHash of(byte[] bytes) {
    return new LogHash(HexFormat.of().formatHex(bytes));
  }

  /** The first 8 bytes, big-endian. */
  public long prefix() {
    return Long.parseUnsignedLong(hex, 0, 16, 16);
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
