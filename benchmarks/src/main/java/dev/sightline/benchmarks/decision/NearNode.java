package dev.sightline.benchmarks.decision;

import com.google.protobuf.ByteString;
import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.CanViewRequest;
import dev.sightline.v1.CanViewResponse;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.WatchStarted;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A service that says yes to everything and of which nothing changes: enough for a near-cache. */
final class NearNode implements AutoCloseable {
  // As long as a real one.
  private static final ByteString POSITION = ByteString.copyFromUtf8("a-position-as-long-as-others.");
  // So long that a pause of the machine is no lapse.
  private static final long MAX_STALENESS_MICROS = 60_000_000;

  private final Server server;

  NearNode() {
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .directExecutor()
            .addService(new Access())
            .addService(new Watches())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static final class Access extends AccessServiceGrpc.AccessServiceImplBase {
    @Override
    public void canView(CanViewRequest request, StreamObserver<CanViewResponse> observer) {
      observer.onNext(CanViewResponse.newBuilder().setAllowed(true).setPosition(POSITION).build());
      observer.onCompleted();
    }
  }

  private static final class Watches extends WatchServiceGrpc.WatchServiceImplBase {
    @Override
    public StreamObserver<WatchRequest> watch(StreamObserver<WatchResponse> observer) {
      return new StreamObserver<>() {
        @Override
        public void onNext(WatchRequest request) {
          observer.onNext(WatchResponse.newBuilder().setEvent(answer(request)).build());
        }

        @Override
        public void onError(Throwable gone) {
          // There is nothing to end.
        }

        @Override
        public void onCompleted() {
          observer.onCompleted();
        }
      };
    }

    private static WatchEvent.Builder answer(WatchRequest request) {
      var event = WatchEvent.newBuilder();
      if (request.hasStart()) {
        var organization = request.getStart().getOrganizations(0).getOrganizationId();
        event.setStarted(
            WatchStarted.newBuilder().setOrganizationId(organization).setCursor(POSITION));
      } else if (request.hasPing()) {
        event.setHeartbeat(
            Heartbeat.newBuilder()
                .setPingId(request.getPing().getId())
                .setMaxStalenessMicros(MAX_STALENESS_MICROS));
      }
      return event;
    }
  }
}
