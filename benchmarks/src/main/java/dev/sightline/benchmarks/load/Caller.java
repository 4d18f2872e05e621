package dev.sightline.benchmarks.load;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.CompletableFuture;

/** Makes calls with a token, as cheaply as a client can: its share of the machine is not ours. */
record Caller(Channel channel, String token) {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final Status NO_ANSWER =
      Status.FAILED_PRECONDITION.withDescription("A question got an error in place of an answer.");

  /** Is told when a call has ended. */
  @FunctionalInterface
  interface Ended {
    void ended(Status status);
  }

  <Q, S> void call(Kind<Q, S> kind, Q request, Ended listener) {
    ClientCall<Q, S> call = channel.newCall(kind.method(), CallOptions.DEFAULT);
    var headers = new Metadata();
    authorize(headers);
    call.start(
        new ClientCall.Listener<S>() {
          private boolean answered;

          @Override
          public void onMessage(S response) {
            answered = kind.isAnswer().test(response);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            listener.ended(status.isOk() && !answered ? NO_ANSWER : status);
          }
        },
        headers);
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
  }

  /** Calls; gives when it was answered, as {@link System#nanoTime} says. */
  <Q, S> CompletableFuture<Long> answeredAt(Kind<Q, S> kind, Q request) {
    CompletableFuture<Long> answered = new CompletableFuture<>();
    call(
        kind,
        request,
        status -> {
          if (status.isOk()) {
            answered.complete(System.nanoTime());
          } else {
            answered.completeExceptionally(status.asRuntimeException());
          }
        });
    return answered;
  }

  /** Opens a stream; nothing comes in until somebody asks for it. */
  <Q, S> ClientCall<Q, S> open(Kind<Q, S> kind, ClientCall.Listener<S> listener) {
    ClientCall<Q, S> call = channel.newCall(kind.method(), CallOptions.DEFAULT);
    var headers = new Metadata();
    authorize(headers);
    call.start(listener, headers);
    return call;
  }

  /** For stubs. */
  Channel authorized() {
    var headers = new Metadata();
    authorize(headers);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  void authorize(Metadata headers) {
    headers.put(AUTHORIZATION, "Bearer " + token);
  }
}
