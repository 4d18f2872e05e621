package dev.sightline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.google.protobuf.ByteString;
import dev.sightline.v1.Heartbeat;
import dev.sightline.v1.LevelChange;
import dev.sightline.v1.LevelsChanged;
import dev.sightline.v1.Ping;
import dev.sightline.v1.StartWatch;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import dev.sightline.v1.WatchedOrganization;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A watch as its reader sees it. */
final class Watching implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final BlockingQueue<WatchEvent> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final boolean reads;
  private @Nullable ClientCallStreamObserver<WatchRequest> stream;
  private long pings;

  private Watching(boolean reads) {
    this.reads = reads;
  }

  /** Watches, and reads as fast as it can. */
  static Watching open(Channel channel, StartWatch start) {
    return open(channel, start, null, true);
  }

  /** Watches, and reads nothing until it is told to. */
  static Watching idle(Channel channel, StartWatch start) {
    return open(channel, start, null, false);
  }

  static Watching open(
      Channel channel, StartWatch start, @Nullable CallCredentials credentials, boolean reads) {
    Watching watching = new Watching(reads);
    var stub = WatchServiceGrpc.newStub(channel);
    var requests =
        (credentials == null ? stub : stub.withCallCredentials(credentials))
            .watch(watching.observer());
    requests.onNext(WatchRequest.newBuilder().setStart(start).build());
    return watching;
  }

  static StartWatch.Builder of(String organization) {
    return from(organization, ByteString.EMPTY);
  }

  static StartWatch.Builder from(String organization, ByteString cursor) {
    return StartWatch.newBuilder()
        .addOrganizations(
            WatchedOrganization.newBuilder().setOrganizationId(organization).setCursor(cursor));
  }

  private ClientResponseObserver<WatchRequest, WatchResponse> observer() {
    return new ClientResponseObserver<>() {
      @Override
      public void beforeStart(ClientCallStreamObserver<WatchRequest> requests) {
        stream = requests;
        if (!reads) {
          requests.disableAutoRequestWithInitial(0);
        }
      }

      @Override
      public void onNext(WatchResponse response) {
        events.add(response.getEvent());
      }

      @Override
      public void onError(Throwable e) {
        ended.completeExceptionally(e);
      }

      @Override
      public void onCompleted() {
        ended.complete(null);
      }
    };
  }

  private ClientCallStreamObserver<WatchRequest> stream() {
    return java.util.Objects.requireNonNull(stream);
  }

  /** The next event. */
  WatchEvent next() throws InterruptedException {
    WatchEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(event, () -> "nothing was told; ended: " + ended);
    return event;
  }

  /** The cursor that the watch starts with. */
  ByteString started() throws InterruptedException {
    WatchEvent event = next();
    assertEquals(WatchEvent.EventCase.STARTED, event.getEventCase(), event::toString);
    return event.getStarted().getCursor();
  }

  /** The next event, which is of changed levels. */
  LevelsChanged changed() throws InterruptedException {
    WatchEvent event = next();
    assertEquals(WatchEvent.EventCase.LEVELS_CHANGED, event.getEventCase(), event::toString);
    return event.getLevelsChanged();
  }

  void ping(long id, boolean fullyConsistent) {
    stream()
        .onNext(
            WatchRequest.newBuilder()
                .setPing(Ping.newBuilder().setId(id).setFullyConsistent(fullyConsistent))
                .build());
  }

  void send(WatchRequest request) {
    stream().onNext(request);
  }

  /** Everything that was told until a heartbeat behind all that is committed now. */
  List<WatchEvent> untilNow() throws InterruptedException {
    List<WatchEvent> told = new ArrayList<>();
    heartbeat(told);
    return told;
  }

  /** The heartbeat behind all that is committed now. */
  Heartbeat heartbeat(List<WatchEvent> told) throws InterruptedException {
    long id = ++pings;
    ping(id, true);
    while (true) {
      WatchEvent event = next();
      if (event.hasHeartbeat() && event.getHeartbeat().getPingId() == id) {
        return event.getHeartbeat();
      }
      told.add(event);
    }
  }

  /** The changes until now, as {@code user dashboard BEFORE->AFTER}. */
  List<String> changesUntilNow() throws InterruptedException {
    List<String> changes = new ArrayList<>();
    for (WatchEvent event : untilNow()) {
      event.getLevelsChanged().getChangesList().forEach(change -> changes.add(text(change)));
    }
    return changes;
  }

  static String text(LevelChange change) {
    return "%s %s %s->%s"
        .formatted(
            change.getUserId(),
            change.getDashboardId(),
            change.getBefore().name().substring("LEVEL_".length()),
            change.getAfter().name().substring("LEVEL_".length()));
  }

  /** Takes in what has been sent until the stream ends or there is no more for a moment. */
  void reads(int messages) {
    stream().request(messages);
  }

  /** How the stream has ended. */
  StatusRuntimeException refused() throws InterruptedException, TimeoutException {
    try {
      ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException status) {
        return status;
      }
      throw new AssertionError(e);
    }
    throw new AssertionError("the stream was completed");
  }

  void awaitCompleted() throws Exception {
    ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void halfClose() {
    stream().onCompleted();
  }

  /** How many events have come in that nobody has looked at. */
  int unclaimed() {
    return events.size();
  }

  boolean isEnded() {
    return ended.isDone();
  }

  /** Breaks off. */
  @Override
  public void close() {
    if (!ended.isDone()) {
      stream().cancel("the test has seen enough", null);
    }
  }
}
