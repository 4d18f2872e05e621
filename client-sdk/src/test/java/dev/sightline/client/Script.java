package dev.sightline.client;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Stands before the test's service: records what arrives, and fails or keeps silent as told. */
final class Script implements ServerInterceptor {
  record Call(String method, Message request, String authorization) {}

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
  private final Queue<StatusRuntimeException> failures = new ConcurrentLinkedQueue<>();
  final BlockingQueue<Call> arrived = new LinkedBlockingQueue<>();
  final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
  private volatile boolean silent;

  /** The next calls fail with these, one each. */
  void failNext(StatusRuntimeException... next) {
    failures.addAll(List.of(next));
  }

  /** From now on nothing is answered. */
  void keepSilent() {
    silent = true;
  }

  List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** The requests that arrived and are of this type, attempts that failed included. */
  <Q extends Message> List<Q> requests(Class<Q> type) {
    return calls().stream().map(Call::request).filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean stopped;

      @Override
      public void onMessage(Q message) {
        var method = call.getMethodDescriptor().getBareMethodName();
        var token = headers.get(AUTHORIZATION);
        var recorded = new Call(method, (Message) message, token == null ? "" : token);
        calls.add(recorded);
        arrived.add(recorded);
        var failure = failures.poll();
        if (failure != null) {
          stopped = true;
          var trailers = failure.getTrailers();
          call.close(failure.getStatus(), trailers == null ? new Metadata() : trailers);
        } else if (silent) {
          stopped = true;
        } else {
          super.onMessage(message);
        }
      }

      @Override
      public void onHalfClose() {
        if (!stopped) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        cancelled.add(call.getMethodDescriptor().getBareMethodName());
        super.onCancel();
      }
    };
  }
}
