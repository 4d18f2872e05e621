package dev.sightline.client;

import dev.sightline.v1.Actor;
import io.grpc.MethodDescriptor;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who acts in an organization.
 *
 * @param scope the organization
 * @param user who acts
 * @param key the idempotency key of the one write that this is for, if the caller made one up
 */
record Acting(Scope scope, String user, @Nullable String key) {
  Acting(Scope scope, String user) {
    this(scope, user, null);
  }

  Acting withKey(String key) {
    return new Acting(scope, user, key);
  }

  Actor actor() {
    return Actor.newBuilder().setUserId(user).build();
  }

  String organization() {
    return scope.organization();
  }

  /** Makes the request with a key, so that it may be repeated, and sends it. */
  <Q, A, T> CompletableFuture<T> write(
      MethodDescriptor<Q, A> method, Function<String, Q> request, Function<A, T> translate) {
    var used = key != null ? key : UUID.randomUUID().toString();
    return scope.write(method, request.apply(used), used, translate);
  }
}
