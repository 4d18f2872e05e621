package dev.sightline.web;

import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.rpc.Statuses;
import io.grpc.StatusRuntimeException;

/** Refusals of requests that are not what the contract asks for. */
final class Malformed {
  private static final int LONGEST = 100;

  private Malformed() {}

  /** About the request as a whole. */
  static StatusRuntimeException request(String message) {
    return Statuses.exception(Refusal.of(Reason.MALFORMED_REQUEST, message));
  }

  /** About a field of it. */
  static StatusRuntimeException field(String field, String message) {
    return Statuses.exception(
        Refusal.of(Reason.MALFORMED_REQUEST, message, "field", shortened(field)));
  }

  /** What callers wrote, not at any length. */
  static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
