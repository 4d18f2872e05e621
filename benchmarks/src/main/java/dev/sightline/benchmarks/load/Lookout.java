package dev.sightline.benchmarks.load;

import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.WatchedOrganization;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One open watch on the portal, which wants revocations and nothing else. */
final class Lookout extends ClientCall.Listener<WatchResponse> {
  private static final Kind<WatchRequest, WatchResponse> WATCH =
      new Kind<>(WatchServiceGrpc.getWatchMethod(), List.of(), 0, _ -> true);

  private static final WatchRequest START =
      WatchRequest.newBuilder()
          .setStart(
              StartWatch.newBuilder()
                  .addOrganizations(WatchedOrganization.newBuilder().setOrganizationId(Portal.ID))
                  .setRevocationsOnly(true))
          .build();

  private final Runnable told;
  private final ClientCall<WatchRequest, WatchResponse> stream;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Status> closed = new CompletableFuture<>();

  private Lookout(Caller caller, Runnable told) {
    this.told = told;
    this.stream = caller.open(WATCH, this);
  }

  /**
   * Begins to watch; {@link #awaitStarted} says when it does.
   *
   * @param told runs at each revocation, on the connection's thread
   */
  static Lookout open(Caller caller, Runnable told) {
    Lookout lookout = new Lookout(caller, told);
    lookout.stream.request(1);
    lookout.stream.sendMessage(START);
    return lookout;
  }

  void awaitStarted() {
    started.join();
  }

  /** Stops to watch; {@link #awaitClosed} says when the server knows. */
  void close() {
    stream.halfClose();
  }

  void awaitClosed() {
    closed.join();
  }

  @Override
  public void onMessage(WatchResponse message) {
    WatchEvent event = message.getEvent();
    if (event.hasStarted()) {
      started.complete(null);
    } else if (event.hasLevelsChanged() || message.equals(WatchResponse.getDefaultInstance())) {
      told.run();
    }
    stream.request(1);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    started.completeExceptionally(status.asRuntimeException());
    closed.complete(status);
  }
}
