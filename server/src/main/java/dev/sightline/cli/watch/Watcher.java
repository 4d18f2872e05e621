package dev.sightline.cli.watch;

import dev.sightline.v1.Ping;
import dev.sightline.v1.WatchEvent;
import dev.sightline.v1.WatchRequest;
import dev.sightline.v1.WatchResponse;
import dev.sightline.v1.WatchServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Watches, and comes back from where it was when the stream breaks off.
 *
 * <p>INVARIANT: a cursor is noted after its event was written. So what was written is never written
 * again, and nothing is left out.
 */
public final class Watcher {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Connection connection;
  private final Cursors cursors;
  private final EventLines lines;
  private final Notices notices;
  private final Set<String> started = new HashSet<>();
  private long left;
  private boolean heard;
  private boolean announced;
  private int failures;

  /**
   * How to reach the server.
   *
   * @param channel to the server
   * @param retry makes the channel try again at once
   * @param patience how long the server may say nothing at all
   */
  public record Connection(Channel channel, Runnable retry, Duration patience) {}

  /** What happens beside the events. */
  public interface Notices {
    /** From here on everything is told. */
    void watching();

    /** The stream broke off; it is tried again until the server is back. */
    void lost(StatusRuntimeException why);

    /** The server is back, and tells what came since. */
    void goingOn();
  }

  /**
   * @param count how many events to write; 0: all that come
   */
  public Watcher(
      Connection connection, Cursors cursors, EventLines lines, Notices notices, long count) {
    this.connection = connection;
    this.cursors = cursors;
    this.lines = lines;
    this.notices = notices;
    this.left = count == 0 ? Long.MAX_VALUE : count;
  }

  /**
   * Watches until it has told as many as it should, or nobody reads them any more.
   *
   * @throws StatusRuntimeException if the server refuses for good, or was not there at the begin
   * @throws InterruptedException if it is told to end
   */
  public void watch() throws InterruptedException {
    while (true) {
      try {
        listen();
        return;
      } catch (StatusException e) {
        StatusRuntimeException why = e.getStatus().asRuntimeException(e.getTrailers());
        if (!heard || !passes(why.getStatus().getCode())) {
          throw why;
        }
        pause(why);
      }
    }
  }

  /** Whether another try may do better. */
  private static boolean passes(Status.Code code) {
    return switch (code) {
      case UNAVAILABLE, ABORTED, DEADLINE_EXCEEDED, CANCELLED, INTERNAL, UNKNOWN -> true;
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          DATA_LOSS,
          UNAUTHENTICATED ->
          false;
    };
  }

  /** Longer from failure to failure, and never the same for all who lost the same server. */
  private void pause(StatusRuntimeException why) throws InterruptedException {
    if (failures == 0) {
      notices.lost(why);
    }
    long longest =
        Math.min(LONGEST_PAUSE.toMillis(), SHORTEST_PAUSE.toMillis() << Math.min(failures, 10));
    failures++;
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    connection.retry().run();
  }

  private void listen() throws InterruptedException, StatusException {
    var call = WatchServiceGrpc.newBlockingV2Stub(connection.channel()).watch();
    try {
      ask(call);
      while (left > 0 && !lines.unread()) {
        take(next(call));
      }
    } finally {
      call.cancel("the watcher ends the stream", null);
    }
  }

  /** The ping's answer comes when all that there is now has begun to be watched. */
  private void ask(BlockingClientCall<WatchRequest, WatchResponse> call)
      throws InterruptedException, StatusException {
    var start = cursors.goingOn();
    try {
      long patience = connection.patience().toNanos();
      call.write(WatchRequest.newBuilder().setStart(start).build(), patience, TimeUnit.NANOSECONDS);
      call.write(
          WatchRequest.newBuilder().setPing(Ping.getDefaultInstance()).build(),
          patience,
          TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw silent(e);
    }
  }

  private WatchEvent next(BlockingClientCall<WatchRequest, WatchResponse> call)
      throws InterruptedException, StatusException {
    try {
      WatchResponse response = call.read(connection.patience().toNanos(), TimeUnit.NANOSECONDS);
      if (response == null) {
        throw Status.UNAVAILABLE.withDescription("The server ended the watch.").asException();
      }
      return response.getEvent();
    } catch (TimeoutException e) {
      throw silent(e);
    }
  }

  private StatusException silent(TimeoutException cause) {
    return Status.DEADLINE_EXCEEDED.withCause(cause).asException();
  }

  private void take(WatchEvent event) {
    heard = true;
    if (failures > 0) {
      failures = 0;
      notices.goingOn();
    }
    boolean written = isWritten(event);
    if (!announced && isAllBegun(event)) {
      announced = true;
      notices.watching();
    }
    if (written) {
      lines.print(event);
    }
    if (event.hasLevelsChanged() || event.hasResync()) {
      left--;
    }
    cursors.told(event);
  }

  /** Whether nothing will be missed from here on: all that is watched has begun. */
  private boolean isAllBegun(WatchEvent event) {
    return !event.hasStarted() || (cursors.isJustNamed() && started.size() == cursors.count());
  }

  /** An organization begins once, however often the stream does. */
  private boolean isWritten(WatchEvent event) {
    return switch (event.getEventCase()) {
      case STARTED -> started.add(event.getStarted().getOrganizationId());
      case LEVELS_CHANGED, PROGRESS, RESYNC -> true;
      case HEARTBEAT, CUT_OFF, CONFIRM, EVENT_NOT_SET -> false;
    };
  }
}
