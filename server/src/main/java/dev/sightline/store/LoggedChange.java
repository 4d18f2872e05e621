package dev.sightline.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.model.LogHash;
import java.util.List;

/**
 * A record of the log as it is stored, with what it only commits to.
 *
 * @param body the bytes that the hash covers: JSON in UTF-8
 * @param hash SHA-256 over the hash of the record before it and the body
 * @param personal what has not been erased
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record LoggedChange(
    LogPlace place, byte[] body, LogHash hash, List<PersonalValue> personal) {
  public LoggedChange {
    personal = List.copyOf(personal);
  }

  /** The body, to look into. */
  public JsonNode json() {
    return LogCodec.parse(body);
  }
}
