package dev.sightline.client;

import dev.sightline.v1.Ping;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a watch, from opening to end. It asks for one message at a time, so what is not
 * read waits on the service's side. Everything but {@link #wake} is for the watch's thread.
 */
final class WatchStream extends ClientCall.Listener<WatchResponse> {
  /** What a stream brings. */
  sealed interface Signal {
    /** Something was told. */
    record Told(WatchEvent event) implements Signal {}

    /** The stream is over. */
    record Ended(SightlineException failure) implements Signal {}

    /** Somebody wants the watch's thread to look up. */
    record Woken() implements Signal {}
  }

  private final ClientCall<WatchRequest, WatchResponse> call;
  private final BlockingQueue<Signal> inbox = new LinkedBlockingQueue<>();
  private long waitingSince;
  private boolean told;
  private boolean answered;

  private WatchStream(ClientCall<WatchRequest, WatchResponse> call) {
    this.call = call;
  }

  static WatchStream open(Calls calls, StartWatch start) {
    var named = start.getOrganizationsList();
    var organization = named.size() == 1 ? named.getFirst().getOrganizationId() : "";
    var stream = new WatchStream(calls.open(WatchServiceGrpc.getWatchMethod(), organization));
    stream.call.start(stream, new Metadata());
    stream.readOn();
    stream.call.sendMessage(WatchRequest.newBuilder().setStart(start).build());
    return stream;
  }

  @Override
  public void onMessage(WatchResponse response) {
    inbox.add(new Signal.Told(response.getEvent()));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    var failure = status.isOk() ? Status.UNAVAILABLE.withDescription("The stream ended.") : status;
    inbox.add(new Signal.Ended(Failures.exception(failure.asRuntimeException(trailers))));
  }

  void wake() {
    inbox.add(new Signal.Woken());
  }

  /** What comes next, or null if nothing does for so many nanoseconds. */
  @Nullable Signal next(long nanos) throws InterruptedException {
    var signal = inbox.poll(nanos, TimeUnit.NANOSECONDS);
    if (signal instanceof Signal.Told(var event)) {
      told = true;
      answered |= event.hasHeartbeat();
    }
    return signal;
  }

  /** Lets one more message come. */
  void readOn() {
    waitingSince = System.nanoTime();
    call.request(1);
  }

  /** Since when a message has been waited for. */
  long waitingSince() {
    return waitingSince;
  }

  /** Whether anything was told on this stream. */
  boolean hasTold() {
    return told;
  }

  /** Whether a ping was answered on this stream: then all that it watches has begun. */
  boolean hasAnswered() {
    return answered;
  }

  void send(Ping ping) {
    call.sendMessage(WatchRequest.newBuilder().setPing(ping).build());
  }

  void cancel() {
    call.cancel("The watch has left this stream.", null);
  }
}
