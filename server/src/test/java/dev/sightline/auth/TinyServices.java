package dev.sightline.auth;

import dev.sightline.v1.AccessServiceGrpc;
import dev.sightline.v1.EchoRequest;
import dev.sightline.v1.EchoResponse;
import dev.sightline.v1.EchoServiceGrpc;
import dev.sightline.v1.ExportRequest;
import dev.sightline.v1.ExportResponse;
import dev.sightline.v1.ImportRequest;
import dev.sightline.v1.ImportResponse;
import dev.sightline.v1.StreamVisibleDashboardsRequest;
import dev.sightline.v1.StreamVisibleDashboardsResponse;
import dev.sightline.v1.TransferServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real services that do next to nothing, and remember what they heard. */
final class TinyServices {
  private TinyServices() {}

  /** Answers every call with the thread that served it and the caller. */
  static final class Echo extends EchoServiceGrpc.EchoServiceImplBase {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<Caller> callers = new CopyOnWriteArrayList<>();

    @Override
    public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
      heard.add(request.getOrganizationId());
      callers.add(Callers.current());
      observer.onNext(EchoResponse.newBuilder().setAllowed(true).build());
      observer.onCompleted();
    }
  }

  /** Streams one part, and then stays open until it is cancelled. */
  static final class Streaming extends AccessServiceGrpc.AccessServiceImplBase {
    final CompletableFuture<Void> cancelled = new CompletableFuture<>();
    final CompletableFuture<StreamObserver<StreamVisibleDashboardsResponse>> open =
        new CompletableFuture<>();

    @Override
    public void streamVisibleDashboards(
        StreamVisibleDashboardsRequest request,
        StreamObserver<StreamVisibleDashboardsResponse> observer) {
      var call = (ServerCallStreamObserver<StreamVisibleDashboardsResponse>) observer;
      call.setOnCancelHandler(() -> cancelled.complete(null));
      call.onNext(StreamVisibleDashboardsResponse.getDefaultInstance());
      open.complete(observer);
    }
  }

  /** Notes what comes in on a stream, in order. */
  static final class Transfer extends TransferServiceGrpc.TransferServiceImplBase {
    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public StreamObserver<ImportRequest> import_(StreamObserver<ImportResponse> observer) {
      events.add("open " + Callers.current().tokenId());
      return new StreamObserver<>() {
        @Override
        public void onNext(ImportRequest request) {
          events.add("message " + request.getSerializedSize());
        }

        @Override
        public void onError(Throwable thrown) {
          events.add("error");
        }

        @Override
        public void onCompleted() {
          events.add("end");
          observer.onNext(ImportResponse.getDefaultInstance());
          observer.onCompleted();
        }
      };
    }

    @Override
    public void export(ExportRequest request, StreamObserver<ExportResponse> observer) {
      observer.onCompleted();
    }
  }
}
