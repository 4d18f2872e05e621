package dev.sightline.web;

import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call whose answers are taken one by one. The next is asked for only once the last was taken, so
 * who takes them slowly slows the service, and nothing piles up here.
 */
final class LocalCall extends ClientCall.Listener<Message> implements AutoCloseable {
  /** What comes back. */
  sealed interface Event {
    /** An answer. */
    record Said(Message message) implements Event {}

    /** No more answers. */
    record Ended(Status status, Metadata trailers) implements Event {}
  }

  private final ClientCall<Message, Message> call;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private LocalCall(ClientCall<Message, Message> call) {
    this.call = call;
  }

  static LocalCall started(ClientCall<Message, Message> call, Metadata headers, Message request) {
    var local = new LocalCall(call);
    call.start(local, headers);
    call.request(1);
    call.sendMessage(request);
    call.halfClose();
    return local;
  }

  @Override
  public void onMessage(Message message) {
    events.add(new Event.Said(message));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    events.add(new Event.Ended(status, trailers));
  }

  /**
   * The next event; null if there is none for so long. The one after it is asked for by {@link
   * #more}.
   */
  @Nullable Event next(Duration atMost) throws InterruptedException {
    return events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The next event, whenever it comes. */
  Event next() throws InterruptedException {
    return events.take();
  }

  /** Asks for one more answer. */
  void more() {
    call.request(1);
  }

  /** Ends the call, if it has not ended. */
  @Override
  public void close() {
    call.cancel("the HTTP client has gone", null);
  }
}
