package dev.sightline.rpc;

import dev.sightline.model.Sha256;
import java.security.SecureRandom;

/** Ids for what comes without one: 20 characters, 100 random bits, so never one that was used. */
final class NewIds {
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int LENGTH = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private NewIds() {}

  static String next() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return spelled(bytes);
  }

  /** The id that this caller's key stands for. */
  static String of(String caller, String key) {
    return spelled(Sha256.of(caller + " " + key));
  }

  private static String spelled(byte[] bytes) {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET[bytes[i] & 31]);
    }
    return id.toString();
  }
}
