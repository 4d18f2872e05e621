package dev.sightline.client;

/**
 * The family that a failure belongs to; the same as the call's gRPC status.
 *
 * {@snippet file="dev/sightline/client/Examples.java" region="errors"}
 */
public enum Code {
  /** No state would make this request valid. Nothing was changed. */
  INVALID_ARGUMENT,
  /** Something that the request names is not there, or the actor cannot view it. */
  NOT_FOUND,
  /** The actor, or the calling service, may not do this. */
  PERMISSION_DENIED,
  /** The token is missing, unknown, over or revoked. */
  UNAUTHENTICATED,
  /** An id or an e-mail address is taken. */
  ALREADY_EXISTS,
  /** The state does not allow it. */
  FAILED_PRECONDITION,
  /** Too much at once, or too soon. */
  RESOURCE_EXHAUSTED,
  /** What the request was made on has changed meanwhile: read again. */
  ABORTED,
  /** The service could not be reached or could not prove that it is fresh, attempts included. */
  UNAVAILABLE,
  /** No answer within the deadline. A write may have happened. */
  DEADLINE_EXCEEDED,
  /** The caller gave up, or this client is closed. A write may have happened. */
  CANCELLED,
  /** The service does not know this call: it is older than this SDK. */
  UNIMPLEMENTED,
  /** Something is broken, in the service or between it and this SDK. */
  INTERNAL
}
