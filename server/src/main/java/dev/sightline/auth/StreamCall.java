package dev.sightline.auth;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * A stream that can be ended from outside, while the service is writing to it: what it writes
 * afterwards goes nowhere.
 */
final class StreamCall<Q, S> extends SimpleForwardingServerCall<Q, S> {
  private boolean closed;
  private volatile boolean ended;

  StreamCall(ServerCall<Q, S> call) {
    super(call);
  }

  /** Ends the stream with this status, unless it has ended. */
  synchronized void end(StatusRuntimeException status) {
    if (closed) {
      return;
    }
    closed = true;
    ended = true;
    Metadata trailers = status.getTrailers();
    delegate().close(status.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  /** Whether it was ended from outside. */
  boolean isEnded() {
    return ended;
  }

  @Override
  public synchronized void request(int messages) {
    if (!ended) {
      delegate().request(messages);
    }
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!ended) {
      delegate().sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(S message) {
    if (!ended) {
      delegate().sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!ended) {
      closed = true;
      delegate().close(status, trailers);
    }
  }

  @Override
  public boolean isReady() {
    return !ended && delegate().isReady();
  }

  @Override
  public boolean isCancelled() {
    return ended || delegate().isCancelled();
  }
}
