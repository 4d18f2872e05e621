package dev.sightline.client;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Sends a token with every attempt; asks for it each time, so that it may change. */
final class BearerToken extends CallCredentials {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Supplier<String> token;
  private final Executor executor;

  BearerToken(Supplier<String> token, Executor executor) {
    this.token = token;
    this.executor = executor;
  }

  @Override
  public void applyRequestMetadata(RequestInfo info, Executor ignored, MetadataApplier applier) {
    executor.execute(() -> apply(applier));
  }

  private void apply(MetadataApplier applier) {
    try {
      var headers = new Metadata();
      headers.put(AUTHORIZATION, "Bearer " + token.get());
      applier.apply(headers);
    } catch (RuntimeException e) {
      applier.fail(
          Status.UNAUTHENTICATED
              .withDescription("The supplier of the token failed: " + e.getMessage())
              .withCause(e));
    }
  }
}
