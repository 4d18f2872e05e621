/**
 * Who is calling, and which calls they may make: tokens, the rule of each RPC, the interceptor that
 * holds callers to them, and the seal on page cursors.
 *
 * <p>{@link dev.sightline.auth.Authorization} is where a call comes in. It asks {@link
 * dev.sightline.auth.Authentication} who is calling, {@link dev.sightline.auth.RpcRules} what the
 * RPC demands, and hands the {@link dev.sightline.auth.Caller} on to the service.
 */
@NullMarked
package dev.sightline.auth;

import org.jspecify.annotations.NullMarked;
