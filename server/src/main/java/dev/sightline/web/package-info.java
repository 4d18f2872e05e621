/**
 * JSON over HTTP: the same calls as over gRPC, on a port of their own.
 *
 * <p>What is called where, the contract says (google.api.http); {@link dev.sightline.web.Routes}
 * reads it. Each request becomes a call of the very services that gRPC serves, through the very
 * interceptors ({@link dev.sightline.web.LocalCalls}). So callers have the same rights and are
 * refused with the same words, whichever way they come.
 */
@NullMarked
package dev.sightline.web;

import org.jspecify.annotations.NullMarked;
