package dev.sightline.store;

/**
 * What was answered to an idempotency key.
 *
 * @param requestHash SHA-256 of the request that it was the answer to
 * @param response the answer's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record StoredResponse(byte[] requestHash, byte[] response) {}
