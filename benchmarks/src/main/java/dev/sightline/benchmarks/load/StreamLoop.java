package dev.sightline.benchmarks.load;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** As many messages in flight on one stream as one says: each answer makes room for the next. */
final class StreamLoop<Q, S> extends ClientCall.Listener<S> {
  private final Kind<Q, S> kind;
  private final ClientCall<Q, S> stream;
  private final long end;
  private final CompletableFuture<Status> closed = new CompletableFuture<>();

  // Belongs to the thread that sends the first messages, and then to the one that brings answers.
  private int at;
  private int inFlight;
  private long answered;

  private StreamLoop(Caller caller, Kind<Q, S> kind, long end) {
    this.kind = kind;
    this.end = end;
    this.stream = caller.open(kind, this);
  }

  /**
   * Sends messages for a while, and waits for the last answers.
   *
   * @return how many messages were answered
   */
  static <Q, S> long run(Caller caller, Kind<Q, S> kind, int inFlight, Duration time) {
    return new StreamLoop<>(caller, kind, System.nanoTime() + time.toNanos()).run(inFlight);
  }

  private long run(int most) {
    while (inFlight < most) {
      send();
    }
    stream.request(most);
    Status status = closed.join();
    if (!status.isOk()) {
      throw status.asRuntimeException();
    }
    return answered;
  }

  private void send() {
    stream.sendMessage(kind.requests().get(at));
    at = kind.after(at);
    inFlight++;
  }

  @Override
  public void onMessage(S answer) {
    inFlight--;
    if (!kind.isAnswer().test(answer)) {
      stream.cancel("an error in place of an answer: " + answer, null);
      return;
    }
    answered++;
    stream.request(1);
    if (System.nanoTime() - end < 0) {
      send();
    } else if (inFlight == 0) {
      stream.halfClose();
    }
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    closed.complete(status);
  }
}
