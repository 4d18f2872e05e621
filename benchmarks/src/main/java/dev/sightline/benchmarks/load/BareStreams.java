package dev.sightline.benchmarks.load;

import dev.sightline.v1.DashboardServiceGrpc;
import dev.sightline.v1.UpdateAccessRequest;
import dev.sightline.v1.UpdateAccessResponse;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.WatchStarted;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches that are told nothing: at each revocation every open stream gets an empty message, all
 * from one thread that is no event loop, as in Sightline.
 */
final class BareStreams {
  private static final WatchResponse STARTED =
      WatchResponse.newBuilder()
          .setEvent(WatchEvent.newBuilder().setStarted(WatchStarted.getDefaultInstance()))
          .build();

  private final Set<StreamObserver<WatchResponse>> open = ConcurrentHashMap.newKeySet();

  BindableService watching() {
    return new Watching();
  }

  BindableService writing() {
    return new Writing();
  }

  private void tellAll() {
    open.forEach(stream -> stream.onNext(WatchResponse.getDefaultInstance()));
  }

  private final class Watching extends WatchServiceGrpc.WatchServiceImplBase {
    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> responses) {
      return new StreamObserver<>() {
        @Override
        public void onNext(WatchRequest request) {
          open.add(responses);
          responses.onNext(STARTED);
        }

        @Override
        public void onError(Throwable gone) {
          open.remove(responses);
        }

        @Override
        public void onCompleted() {
          open.remove(responses);
          responses.onCompleted();
        }
      };
    }
  }

  private final class Writing extends DashboardServiceGrpc.DashboardServiceImplBase {
    @Override
    public void updateAccess(
        UpdateAccessRequest request, StreamObserver<UpdateAccessResponse> response) {
      if (Revoker.isRevocation(request)) {
        var _ = Thread.startVirtualThread(BareStreams.this::tellAll);
      }
      response.onNext(UpdateAccessResponse.getDefaultInstance());
      response.onCompleted();
    }
  }
}
