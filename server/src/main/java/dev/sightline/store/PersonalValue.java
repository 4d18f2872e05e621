package dev.sightline.store;

import dev.sightline.model.Person;
import dev.sightline.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A personal value that the log only commits to: the record holds SHA-256(salt || value), and salt
 * and value lie aside, where they can be erased. Without the salt nobody can try values out.
 *
 * @param field where in the record it belongs, such as {@code after.name}
 * @param about whose it is
 * @param salt 16 random bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record PersonalValue(String field, Person about, byte[] salt, String value) {
  private static final SecureRandom RANDOM = new SecureRandom();

  static PersonalValue of(String field, Person about, String value) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    return new PersonalValue(field, about, salt, value);
  }

  /** What the record holds, in hexadecimal digits. */
  public String commitment() {
    return HexFormat.of().formatHex(Sha256.of(salt, value.getBytes(StandardCharsets.UTF_8)));
  }

  /** The field as a JSON pointer. */
  public String pointer() {
    return Commitment.pointer(field);
  }
}
