package dev.sightline.auth;

import dev.sightline.model.Refusal;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets in the calls that a rule allows, and no other. Must be an interceptor of the whole server,
 * so that a service cannot be added beside it.
 *
 * <p>Nothing here blocks the event loop. Whoever is known and within reach is let in on the spot;
 * else the call waits, in order, on a virtual thread: see {@link GuardedCall}.
 */
public final class Authorization implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final RpcRules rules;
  final Authentication authentication;
  final Realms realms;
  final OpenStreams streams;
  private final Function<Refusal, StatusRuntimeException> statuses;

  /**
   * @param statuses what a refusal is on the wire
   */
  public Authorization(
      RpcRules rules,
      Authentication authentication,
      Realms realms,
      OpenStreams streams,
      Function<Refusal, StatusRuntimeException> statuses) {
    this.rules = rules;
    this.authentication = authentication;
    this.realms = realms;
    this.streams = streams;
    this.statuses = statuses;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    return switch (rules.of(call.getMethodDescriptor())) {
      case RpcRule.Guarded rule -> {
        var guarded = new GuardedCall<>(this, rule, call, headers, next);
        guarded.open();
        yield guarded;
      }
      case RpcRule.Open _ -> next.startCall(call, headers);
      case null -> {
        close(call, CallerRefusals.NO_RULE);
        yield new ServerCall.Listener<>() {};
      }
    };
  }

  static @Nullable String authorization(Metadata headers) {
    return headers.get(AUTHORIZATION);
  }

  void close(ServerCall<?, ?> call, Refusal refusal) {
    StatusRuntimeException status = status(refusal);
    Metadata trailers = status.getTrailers();
    call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  StatusRuntimeException status(Refusal refusal) {
    return statuses.apply(refusal);
  }
}
