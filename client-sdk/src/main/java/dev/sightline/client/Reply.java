package dev.sightline.client;

/**
 * What came back, and when.
 *
 * @param elapsedMicros from sending the request that was answered until the answer was in
 */
record Reply<A>(A message, long elapsedMicros) {}
