package dev.sightline.client;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of this SDK: a call was refused, or got no answer. Its message is a sentence
 * that says what was wrong and what to do.
 *
 * <p>What is worth repeating was repeated already, within the deadline. A write that ends in {@link
 * Code#UNAVAILABLE}, {@link Code#DEADLINE_EXCEEDED} or {@link Code#CANCELLED} may have happened;
 * repeat it with its {@link #idempotencyKey} to know.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="errors"}
 */
public final class SightlineException extends RuntimeException {
  private final Code code;
  private final String reason;

  @SuppressWarnings("serial") // Map.copyOf makes serializable maps of strings.
  private final Map<String, String> facts;

  private final @Nullable String idempotencyKey;

  SightlineException(Code code, String reason, String message, Map<String, String> facts) {
    this(code, reason, message, facts, null, null);
  }

  private SightlineException(
      Code code,
      String reason,
      String message,
      Map<String, String> facts,
      @Nullable String idempotencyKey,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
    this.facts = Map.copyOf(facts);
    this.idempotencyKey = idempotencyKey;
  }

  static SightlineException of(Code code, String message) {
    return new SightlineException(code, "", message, Map.of());
  }

  SightlineException causedBy(Throwable cause) {
    return new SightlineException(code, reason, message(), facts, idempotencyKey, cause);
  }

  SightlineException withIdempotencyKey(String key) {
    return new SightlineException(code, reason, message(), facts, key, getCause());
  }

  private String message() {
    return String.valueOf(getMessage());
  }

  /** The family of the failure. */
  public Code code() {
    return code;
  }

  /** The machine-readable reason; empty for failures that the service did not decide on. */
  public String reason() {
    return reason;
  }

  /** The reason, if this SDK knows it. */
  public Optional<Reason> knownReason() {
    return Arrays.stream(Reason.values()).filter(known -> known.name().equals(reason)).findAny();
  }

  /** Whether it is this reason. */
  public boolean is(Reason other) {
    return other.name().equals(reason);
  }

  /** What a person needs to act on it, by name; may be empty. */
  public Map<String, String> facts() {
    return facts;
  }

  /** The key of the write that failed, to repeat it with {@link Actor#withIdempotencyKey}. */
  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }
}
