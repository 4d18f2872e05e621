package dev.sightline.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.model.LogHash;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Sha256;
import dev.sightline.store.ChainCheck.Broken;
import dev.sightline.store.ChainCheck.Intact;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Follows an organization's log from its first record, and finds the first that does not fit. */
final class ChainWalk {
  private final OrganizationId organization;
  private byte[] hash = LogHash.EMPTY.bytes();
  private long revision;
  private int number;

  ChainWalk(OrganizationId organization) {
    this.organization = organization;
  }

  /** The next record as its row has it; what is wrong with it, or null. */
  @Nullable Broken follow(
      long foundRevision, int foundNumber, Instant at, byte[] body, byte[] foundHash) {
    boolean continues = foundRevision == revision && revision > 0 && foundNumber == number + 1;
    boolean begins = foundRevision == revision + 1 && foundNumber == 0;
    if (!continues && !begins) {
      return new Broken(foundRevision, foundNumber, "the record before it is missing");
    }
    hash = Sha256.of(hash, body);
    if (!Arrays.equals(hash, foundHash)) {
      return new Broken(foundRevision, foundNumber, "its hash is not that of its content");
    }
    // The chain covers the content only: its row could be told to be another one's.
    if (!agrees(LogCodec.parse(body), foundRevision, foundNumber, at)) {
      return new Broken(
          foundRevision, foundNumber, "its content is that of another place or time than its row");
    }
    revision = foundRevision;
    number = foundNumber;
    return null;
  }

  private boolean agrees(JsonNode body, long foundRevision, int foundNumber, Instant at) {
    return body.path("organization").asText().equals(organization.value())
        && body.path("revision").asLong(-1) == foundRevision
        && body.path("number").asInt(-1) == foundNumber
        && body.path("at").asText().equals(at.toString());
  }

  /** What was found, if there are no more records. */
  ChainCheck end(long headRevision, LogHash head) {
    return revision == headRevision && Arrays.equals(hash, head.bytes())
        ? new Intact(revision, head)
        : new Broken(revision, number, "the organization's head is not the last record");
  }

  LogPlace place() {
    return new LogPlace(revision, number);
  }
}
