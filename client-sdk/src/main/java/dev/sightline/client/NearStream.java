package dev.sightline.client;

import dev.sightline.v1.Confirmed;
import dev.sightline.v1.Ping;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * A line over gRPC. What it brings is dealt with on the thread that reads from the network, one
 * message after the other, so no thread waits for a watch.
 */
final class NearStream extends ClientCall.Listener<WatchResponse> implements NearLine {
  private final NearWatch watch;
  private final StartWatch start;
  private final ClientCall<WatchRequest, WatchResponse> call;
  private boolean over; // Guarded by this: a call that was cancelled must not be sent on.

  NearStream(Calls calls, NearWatch watch, StartWatch start) {
    this.watch = watch;
    this.start = start;
    var organization = start.getOrganizations(0).getOrganizationId();
    this.call = calls.open(WatchServiceGrpc.getWatchMethod(), organization);
  }

  /** Not in the context of whoever asks first, or it would end with that one's call. */
  @Override
  public void begin() {
    Context.ROOT.run(() -> {
      call.start(this, new Metadata());
      call.request(1);
      send(WatchRequest.newBuilder().setStart(start));
    });
  }

  @Override
  public void ping(long id) {
    send(WatchRequest.newBuilder().setPing(Ping.newBuilder().setId(id)));
  }

  @Override
  public void confirmed(long id) {
    send(WatchRequest.newBuilder().setConfirmed(Confirmed.newBuilder().setId(id)));
  }

  private synchronized void send(WatchRequest.Builder request) {
    if (!over) {
      call.sendMessage(request.build());
    }
  }

  @Override
  public void cancel() {
    synchronized (this) {
      over = true;
    }
    call.cancel("The near-cache has left this stream.", null);
  }

  @Override
  public void onMessage(WatchResponse response) {
    watch.told(this, response.getEvent());
    call.request(1);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    synchronized (this) {
      over = true;
    }
    var failure = status.isOk() ? Status.UNAVAILABLE.withDescription("The stream ended.") : status;
    watch.ended(this, Failures.exception(failure.asRuntimeException(trailers)));
  }
}
