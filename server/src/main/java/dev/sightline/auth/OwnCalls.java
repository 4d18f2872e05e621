package dev.sightline.auth;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Lets in whatever comes, as one and the same caller. For calls that this process makes of itself
 * on behalf of somebody who has another proof of being allowed to, such as a link from a mail:
 * never on a port.
 */
public final class OwnCalls implements ServerInterceptor {
  private final Caller caller;

  /**
   * @param name what the caller is called in the log
   */
  public OwnCalls(String name, Scope scope) {
    this.caller = new Caller(name, Scopes.of(scope), Binding.ALL);
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    return Contexts.interceptCall(Callers.with(Context.current(), caller), call, headers, next);
  }
}
