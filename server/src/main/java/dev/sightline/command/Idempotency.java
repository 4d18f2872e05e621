package dev.sightline.command;

import java.util.function.Function;

/**
 * How a repeated request is recognized and answered alike.
 *
 * @param key made up by the caller, unique among its writes to the organization
 * @param requestHash of everything that the request says; another one under the same key is refused
 * @param encode turns the answer into what is stored
 * @param decode turns what was stored into the answer
 */
public record Idempotency<T>(
    String key, byte[] requestHash, Function<T, byte[]> encode, Function<byte[], T> decode) {}
