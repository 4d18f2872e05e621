package dev.sightline.benchmarks.load;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

/** Makes calls with a token, as cheaply as a client can: its share of the machine is not ours. */
record Caller(Channel channel, String token) {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

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
          @Override
          public void onClose(Status status, Metadata trailers) {
            listener.ended(status);
          }
        },
        headers);
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
  }

  void authorize(Metadata headers) {
    headers.put(AUTHORIZATION, "Bearer " + token);
  }
}
