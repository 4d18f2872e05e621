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
 * @param waits whether writes wait until they are known everywhere
 */
record Acting(Scope scope, String user, @Nullable String key, boolean waits) {
  /** Makes a value of a write's answer; asked twice, perhaps. */
  @FunctionalInterface
  interface Telling<A, T> {
    /**
     * Makes it.
     *
     * @param wrote makes a value of where it was written
     */
    T tell(A reply, Function<dev.sightline.v1.Written, Written> wrote);
  }

  Acting(Scope scope, String user) {
    this(scope, user, null, false);
  }

  Acting withKey(String key) {
    return new Acting(scope, user, key, waits);
  }

  Acting everywhere() {
    return new Acting(scope, user, key, true);
  }

  Actor actor() {
    return Actor.newBuilder().setUserId(user).build();
  }

  String organization() {
    return scope.organization();
  }

  /** Makes the request with a key, so that it may be repeated, and sends it. */
  <Q, A, T> CompletableFuture<T> write(
      MethodDescriptor<Q, A> method, Function<String, Q> request, Telling<A, T> telling) {
    var used = key != null ? key : UUID.randomUUID().toString();
    if (!waits) {
      return scope.write(
          method, request.apply(used), used, reply -> telling.tell(reply, scope::wrote));
    }
    var everywhere = new Everywhere<>(scope, telling);
    return everywhere.after(
        scope.completingOn(Runnable::run)
            .write(method, request.apply(used), used, Function.identity()));
  }
}
