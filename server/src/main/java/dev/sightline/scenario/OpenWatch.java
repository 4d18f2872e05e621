package dev.sightline.scenario;

import dev.sightline.v1.Ping;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The watch over everything in a world, open from its start; ends with the world.
 *
 * <p>It begins with each organization's creation, so it does not matter which comes first, the
 * watch's start or the story's first step.
 */
final class OpenWatch implements StreamObserver<WatchResponse> {
  private static final StartWatch EVERYTHING =
      StartWatch.newBuilder()
          .setEverything(true)
          .setUnnamedFromCreation(true)
          .setExact(true)
          .build();

  private final Duration patience;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final WatchedLevels levels = new WatchedLevels();
  private @Nullable StreamObserver<WatchRequest> server;
  private @Nullable StatusRuntimeException end;
  private long pings;

  private OpenWatch(Duration patience) {
    this.patience = patience;
  }

  /** What came over the stream. */
  private sealed interface Heard {
    record Event(WatchEvent event) implements Heard {}

    record End(StatusRuntimeException why) implements Heard {}
  }

  /**
   * Opens it. Whatever goes wrong shows with the first question.
   *
   * @param patience how long to wait for a heartbeat
   */
  static OpenWatch of(Channel channel, Duration patience) {
    var watch = new OpenWatch(patience);
    watch.server = WatchServiceGrpc.newStub(channel).watch(watch);
    watch.say(WatchRequest.newBuilder().setStart(EVERYTHING).build());
    return watch;
  }

  private void say(WatchRequest request) {
    if (server != null) {
      server.onNext(request);
    }
  }

  @Override
  public void onNext(WatchResponse response) {
    heard.add(new Heard.Event(response.getEvent()));
  }

  @Override
  public void onError(Throwable failure) {
    heard.add(
        new Heard.End(
            Status.fromThrowable(failure)
                .asRuntimeException(Status.trailersFromThrowable(failure))));
  }

  @Override
  public void onCompleted() {
    heard.add(
        new Heard.End(
            Status.UNAVAILABLE.withDescription("the server ended the watch").asRuntimeException()));
  }

  /**
   * What was told since the last call, everything included that was committed before this one.
   *
   * @throws StatusRuntimeException if the watch has ended, or tells no heartbeat in time
   */
  List<Told> toldSinceLast() {
    if (end == null) {
      say(
          WatchRequest.newBuilder()
              .setPing(Ping.newBuilder().setId(++pings).setFullyConsistent(true))
              .build());
    }
    var told = new ArrayList<Told>();
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      switch (next(deadline)) {
        case Heard.Event(var event) when isAnswer(event) -> {
          return told;
        }
        case Heard.Event(var event) -> told.addAll(levels.told(event));
        case Heard.End(var why) -> {
          end = why;
          throw why;
        }
      }
    }
  }

  private boolean isAnswer(WatchEvent event) {
    return event.hasHeartbeat() && event.getHeartbeat().getPingId() == pings;
  }

  private Heard next(long deadline) {
    if (end != null) {
      return new Heard.End(end);
    }
    try {
      var next = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      return next == null ? late() : next;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Heard.End(Status.CANCELLED.asRuntimeException());
    }
  }

  private Heard late() {
    return new Heard.End(
        Status.DEADLINE_EXCEEDED
            .withDescription("the watch told no heartbeat within " + patience)
            .asRuntimeException());
  }
}
