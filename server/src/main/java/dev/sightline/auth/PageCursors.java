package dev.sightline.auth;

import com.google.protobuf.ByteString;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what a list needs to go on, so that nobody but this service can read or make it, and opens
 * it for the same caller, the same RPC and the same filter only. AES-GCM with the key's id, the
 * caller, the RPC and the filter as associated data.
 */
public final class PageCursors {
  private static final byte VERSION = 1;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD_LENGTH = 1 + Integer.BYTES;
  private static final int MAX_LENGTH = 4_096;
  private static final Opened INVALID =
      new Invalid(
          Refusal.of(
              Reason.INVALID_PAGE_TOKEN,
              "The page token is not one that this list gave out to this caller within the last"
                  + " day: begin again without one, or send all other fields as for the page"
                  + " before."));

  private final CursorKeys keys;
  private final SecureRandom random = new SecureRandom();

  public PageCursors(CursorKeys keys) {
    this.keys = keys;
  }

  /**
   * The list that a cursor belongs to.
   *
   * @param callerId the caller's token id
   * @param rpc the RPC's full name
   * @param filter whatever else the request says of what is listed, in a form that is equal for
   *     equal filters
   */
  public record ListOf(String callerId, String rpc, ByteString filter) {}

  /** What opening a page token gives. */
  public sealed interface Opened {}

  /** What was sealed. */
  public record Payload(String value) implements Opened {}

  /** Wrong in whatever way. */
  public record Invalid(Refusal refusal) implements Opened {}

  /** A page token that holds {@code payload}. Never blocks. */
  public String seal(ListOf list, String payload) {
    CursorKeys.Key key = keys.sealing();
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] head = ByteBuffer.allocate(HEAD_LENGTH).put(VERSION).putInt(key.id()).array();
    byte[] plain = payload.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key.secret(), nonce, head, list).doFinal(plain);
      byte[] token =
          ByteBuffer.allocate(HEAD_LENGTH + NONCE_LENGTH + sealed.length)
              .put(head)
              .put(nonce)
              .put(sealed)
              .array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal a page token", e);
    }
  }

  /** What a page token of this list holds. Never blocks. */
  public Opened open(ListOf list, String pageToken) {
    String payload = pageToken.length() > MAX_LENGTH ? null : unseal(list, pageToken);
    return payload == null ? INVALID : new Payload(payload);
  }

  private @Nullable String unseal(ListOf list, String pageToken) {
    try {
      ByteBuffer token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(pageToken));
      if (token.remaining() < HEAD_LENGTH + NONCE_LENGTH + TAG_BITS / 8) {
        return null;
      }
      byte[] head = take(token, HEAD_LENGTH);
      SecretKey secret = keys.opening(ByteBuffer.wrap(head, 1, Integer.BYTES).getInt());
      if (head[0] != VERSION || secret == null) {
        return null;
      }
      byte[] nonce = take(token, NONCE_LENGTH);
      byte[] sealed = take(token, token.remaining());
      return new String(
          cipher(Cipher.DECRYPT_MODE, secret, nonce, head, list).doFinal(sealed),
          StandardCharsets.UTF_8);
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      return null;
    }
  }

  private static byte[] take(ByteBuffer from, int length) {
    byte[] taken = new byte[length];
    from.get(taken);
    return taken;
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] head, ListOf list)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(head);
    cipher.updateAAD(digest(list));
    return cipher;
  }

  /** Each part with its length before it, so that none can pass for a piece of another. */
  private static byte[] digest(ListOf list) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    update(digest, list.callerId().getBytes(StandardCharsets.UTF_8));
    update(digest, list.rpc().getBytes(StandardCharsets.UTF_8));
    update(digest, list.filter().toByteArray());
    return digest.digest();
  }

  private static void update(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
    digest.update(part);
  }
}
