package dev.sightline.rpc;

import dev.sightline.auth.BindingCheck;
import dev.sightline.auth.Caller;
import dev.sightline.auth.Callers;
import dev.sightline.model.OrganizationId;
import dev.sightline.model.Refusal;
import dev.sightline.model.Refusal.Reason;
import dev.sightline.v1.Ping;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchOneWayRequest;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.watch.Feeds;
import dev.sightline.watch.Watch;
import dev.sightline.watch.WatchPlan;
import dev.sightline.watch.Wire;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Watches, as streams of messages that are encoded once for all who are told the same. */
final class WatchRpc implements BindableService {
  private static final Refusal NOT_STARTED =
      Refusal.of(
          Reason.MALFORMED_REQUEST,
          "The first message of a watch is start, and only the first.",
          "field",
          "request");

  /** So many pings may wait for their heartbeats; more are not read from the stream. */
  private static final int MOST_PINGS = 16;

  private final Feeds feeds;
  private final EverywhereCalls everywhere;
  private final BindingCheck reach;
  private final Executor virtualThreads;

  WatchRpc(Feeds feeds, EverywhereCalls everywhere, BindingCheck reach, Executor virtualThreads) {
    this.feeds = feeds;
    this.everywhere = everywhere;
    this.reach = reach;
    this.virtualThreads = virtualThreads;
  }

  @Override
  public ServerServiceDefinition bindService() {
    var watch = encoded(WatchServiceGrpc.getWatchMethod());
    var oneWay = encoded(WatchServiceGrpc.getWatchOneWayMethod());
    ServiceDescriptor known = WatchServiceGrpc.getServiceDescriptor();
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder(known.getName())
                .setSchemaDescriptor(known.getSchemaDescriptor())
                .addMethod(watch)
                .addMethod(oneWay)
                .addMethod(WatchServiceGrpc.getAwaitEverywhereMethod())
                .build())
        .addMethod(watch, ServerCalls.asyncBidiStreamingCall(this::watch))
        .addMethod(oneWay, ServerCalls.asyncServerStreamingCall(this::watchOneWay))
        .addMethod(
            WatchServiceGrpc.getAwaitEverywhereMethod(),
            ServerCalls.asyncUnaryCall(everywhere::await))
        .build();
  }

  private static <Q> MethodDescriptor<Q, byte[]> encoded(MethodDescriptor<Q, ?> rpc) {
    return rpc.toBuilder(rpc.getRequestMarshaller(), new SharedBytes()).build();
  }

  private StreamObserver<WatchRequest> watch(StreamObserver<byte[]> observer) {
    Stream stream = new Stream((ServerCallStreamObserver<byte[]>) observer);
    stream.observer.disableAutoRequest();
    stream.observer.request(1);
    return new BothWays(stream);
  }

  private void watchOneWay(WatchOneWayRequest request, StreamObserver<byte[]> observer) {
    new Stream((ServerCallStreamObserver<byte[]>) observer).start(request.getStart(), () -> {});
  }

  /** What a watcher says. One message at a time is taken in. */
  private static final class BothWays implements StreamObserver<WatchRequest> {
    private final Stream stream;
    private boolean started;

    BothWays(Stream stream) {
      this.stream = stream;
    }

    @Override
    public void onNext(WatchRequest request) {
      switch (request.getRequestCase()) {
        case START -> {
          if (started) {
            stream.refuse(NOT_STARTED);
          } else {
            started = true;
            stream.start(request.getStart(), () -> stream.observer.request(MOST_PINGS));
          }
        }
        case PING -> {
          if (started) {
            stream.ping(request.getPing());
          } else {
            stream.refuse(NOT_STARTED);
          }
        }
        case CONFIRMED -> {
          if (started) {
            stream.confirmed(request.getConfirmed().getId());
          } else {
            stream.refuse(NOT_STARTED);
          }
        }
        case REQUEST_NOT_SET -> stream.refuse(NOT_STARTED);
      }
    }

    @Override
    public void onError(Throwable gone) {
      stream.closed();
    }

    @Override
    public void onCompleted() {
      stream.halfClosed();
    }
  }

  /** One watcher's stream. */
  private final class Stream implements Wire {
    private final ServerCallStreamObserver<byte[]> observer;
    private final Caller caller = Callers.current();

    // What follows is guarded by this.
    private @Nullable Watch watch;
    private boolean over;

    Stream(ServerCallStreamObserver<byte[]> observer) {
      this.observer = observer;
      observer.setOnReadyHandler(this::ready);
      observer.setOnCancelHandler(this::closed);
    }

    /**
     * @param opened is run once more may be taken in
     */
    void start(StartWatch start, Runnable opened) {
      WatchPlan plan;
      try {
        plan = WatchPlans.plan(start);
      } catch (StatusRuntimeException e) {
        over = true;
        observer.onError(e);
        return;
      }
      virtualThreads.execute(() -> {
        Refusal outside = outside(plan);
        if (outside == null) {
          open(plan);
          opened.run();
        } else {
          refuse(outside);
        }
      });
    }

    private @Nullable Refusal outside(WatchPlan plan) {
      Refusal beyond =
          switch (plan.scope()) {
            case WatchPlan.Named() -> null;
            case WatchPlan.Realm(OrganizationId root) -> reach.realm(caller, root);
            case WatchPlan.Everything() -> reach.everything(caller);
          };
      if (beyond != null || !(plan.scope() instanceof WatchPlan.Named)) {
        return beyond;
      }
      for (OrganizationId organization : plan.organizations().keySet()) {
        Refusal refusal = reach.organization(caller, organization);
        if (refusal != null) {
          return refusal;
        }
      }
      return null;
    }

    private void open(WatchPlan plan) {
      Watch made;
      synchronized (this) {
        if (over) {
          return;
        }
        made = feeds.watch(plan, this);
        watch = made;
      }
      made.begin();
    }

    void ping(Ping ping) {
      Watch open = watch();
      if (open != null) {
        open.ping(ping.getId(), ping.getFullyConsistent(), () -> observer.request(1));
      }
    }

    void confirmed(long id) {
      Watch open = watch();
      if (open != null) {
        open.confirmed(id);
      }
      observer.request(1);
    }

    synchronized void refuse(Refusal refusal) {
      Watch open = watch;
      if (open != null) {
        open.end(refusal);
      } else if (!over) {
        observer.onError(Statuses.exception(refusal));
      }
      over = true;
    }

    synchronized void halfClosed() {
      Watch open = watch;
      if (open != null) {
        open.complete();
      } else if (!over) {
        observer.onCompleted();
      }
      over = true;
    }

    synchronized void closed() {
      over = true;
      Watch open = watch;
      if (open != null) {
        open.close();
      }
    }

    private void ready() {
      Watch open = watch();
      if (open != null) {
        open.ready();
      }
    }

    private synchronized @Nullable Watch watch() {
      return watch;
    }

    @Override
    public boolean isReady() {
      return observer.isReady();
    }

    @Override
    public void send(byte[] message) {
      observer.onNext(message);
    }

    @Override
    public void end(Refusal why) {
      observer.onError(Statuses.exception(why));
    }

    @Override
    public void complete() {
      observer.onCompleted();
    }
  }
}
