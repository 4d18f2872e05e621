package dev.sightline.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.sightline.cache.Requirement;
import dev.sightline.graph.OrgGraph;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;

/**
 * Positions as callers hold them: opaque, comparable only within one organization.
 *
 * <p>29 bytes, big-endian: version, revision, ended through in microseconds, the organization id's
 * hash code, the first 8 bytes of the log's hash at the revision. So a later position is greater,
 * compared as unsigned bytes. Not secret and not signed: a made-up one can only be refused, or ask
 * for what is there anyway.
 */
final class PositionToken {
  private static final byte VERSION = 1;
  static final int LENGTH = 1 + 4 + 8 + 8 + 8;

  private PositionToken() {}

  /** Empty before an organization's first revision: there is nothing to be at. */
  static ByteString of(OrgGraph graph) {
    return of(graph.id(), graph.revision(), graph.endedThrough(), graph.headPrefix());
  }

  static ByteString of(
      OrganizationId organization, long revision, long endedThrough, long headPrefix) {
    if (revision == 0) {
      return ByteString.EMPTY;
    }
    byte[] bytes = new byte[LENGTH];
    ByteBuffer.wrap(bytes)
        .put(VERSION)
        .putLong(revision)
        .putLong(endedThrough)
        .putInt(organization.value().hashCode())
        .putLong(headPrefix);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /** What a caller demands who passes this position back. */
  static Requirement.AtLeast parsed(String organization, ByteString token) {
    ByteBuffer bytes = token.asReadOnlyByteBuffer();
    if (token.size() != LENGTH || bytes.get() != VERSION) {
      throw notOf(organization);
    }
    long revision = bytes.getLong();
    long endedThrough = bytes.getLong();
    if (bytes.getInt() != organization.hashCode() || revision < 1) {
      throw notOf(organization);
    }
    return new Requirement.AtLeast(revision, bytes.getLong(), endedThrough);
  }

  static StatusRuntimeException notOf(String organization) {
    return Statuses.exception(
        Refusal.of(
            Reason.INVALID_POSITION,
            "This is not a position of organization %s; pass one on as it was received."
                .formatted(organization),
            "organization",
            organization));
  }
}
